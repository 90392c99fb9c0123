"""Do on tf2kit.compat what record.py does on TensorFlow 1.15, once for all tests; the argument is the path of the output."""

import importlib
import json
import sys
import traceback
from pathlib import Path
from types import ModuleType
from typing import Any

import tensorflow.compat.v1 as tf
from tf2kit.migrate.homes import core_name
from tf2kit.migrate.symbols import table

from tests.compat import contrib_names, eagerly, harness, mnist_order, names, pure, signatures
from tests.compat.traced import Tracer

CONTRIB = Path(__file__).parent / "recorded" / "contrib.json"


def main(path: str) -> None:
    tf.disable_v2_behavior()
    from tf2kit import compat
    from tf2kit.compat import contrib
    from tf2kit.compat.contrib._paths import PATHS
    from tf2kit.compat.examples.tutorials.mnist import input_data

    available = table("available.json")
    tracer = Tracer(contrib)
    found = {
        "pure": tracer.run("pure", lambda c: pure.results(c.training, c.learn.preprocessing)),
        "mnist": mnist_order.results(input_data, input_data.read_data_sets),
        "eager": tracer.run("eager", lambda c: eagerly.results(tf, c.eager)),
        "names": names.ours(compat, PATHS),
        "unexplained": contrib_names.unexplained(contrib, json.loads(CONTRIB.read_text())),
        "available": available,
        "missing": [name for name in available if not _is_there(name)],
    }
    for part in harness.parts():
        tracer.follow(importlib.import_module(f"tests.compat.cases_{part}"))
        for name, case in sorted(harness.cases_of(part).items()):
            key = f"{part}.{name}"
            found[key] = tracer.run(key, lambda contrib, case=case: describe(contrib, case))
    found["used"] = tracer.used
    found["core"] = core_twins(contrib)
    found["signatures"] = signatures.of(contrib, json.loads(CONTRIB.read_text()), "tf2kit.compat")
    with open(path, "w") as f:
        json.dump(found, f)


def describe(contrib: Any, case: Any) -> dict[str, Any]:
    try:
        return harness.describe(tf, contrib, case)
    except Exception:
        return {"error": traceback.format_exc()}


def core_twins(contrib: ModuleType) -> dict[str, bool]:
    """Names of tf.contrib that the migrator sends to core TensorFlow, and whether tf2kit.compat has the very same object."""
    cores = {name: core_name(name, None) for name in table("contrib.json")["names"]}
    return {name: _value(contrib, name, 2) is _value(tf, core, 1) for name, core in cores.items() if core is not None}


def _value(root: Any, name: str, skip: int) -> Any:
    """What is at the dotted name, without its first ``skip`` parts; None if nothing is."""
    for part in name.split(".")[skip:]:
        root = getattr(root, part, None)
    return root


def _is_there(name: str) -> bool:
    """Whether ``import`` finds the name, or finds what holds it."""
    full = "tf2kit.compat." + name
    try:
        importlib.import_module(full)
    except ModuleNotFoundError:
        home, _, last = full.rpartition(".")
        return hasattr(importlib.import_module(home), last)
    return True


if __name__ == "__main__":
    main(sys.argv[1])
