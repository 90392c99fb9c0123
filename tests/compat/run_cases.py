"""Do on tf2kit.compat what record.py does on TensorFlow 1.15, once for all tests; the argument is the path of the output."""

import importlib
import json
import sys
import traceback
from pathlib import Path
from types import ModuleType
from typing import Any

import tensorflow.compat.v1 as tf

from tests.compat import contrib_names, eagerly, harness, mnist_order, names, pure

CONTRIB = Path(__file__).parent / "recorded" / "contrib.json"


def main(path: str) -> None:
    tf.disable_v2_behavior()
    from tf2kit.migrate.symbols import table

    from tf2kit import compat
    from tf2kit.compat import contrib
    from tf2kit.compat.contrib._paths import PATHS
    from tf2kit.compat.examples.tutorials.mnist import input_data

    available = table("available.json")
    found = {
        "pure": pure.results(contrib.training, contrib.learn.preprocessing),
        "mnist": mnist_order.results(input_data.DataSet, input_data.read_data_sets),
        "eager": eagerly.results(tf, contrib.eager),
        "names": names.ours(compat, PATHS),
        "unexplained": contrib_names.unexplained(contrib, json.loads(CONTRIB.read_text())),
        "available": available,
        "missing": [name for name in available if not _is_there(name)],
    }
    for part in harness.parts():
        for name, case in sorted(harness.cases_of(part).items()):
            found[f"{part}.{name}"] = describe(contrib, case)
    with open(path, "w") as f:
        json.dump(found, f)


def describe(contrib: ModuleType, case: Any) -> dict[str, Any]:
    try:
        return harness.describe(tf, contrib, case)
    except Exception:
        return {"error": traceback.format_exc()}


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
