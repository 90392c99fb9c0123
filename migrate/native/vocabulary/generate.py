"""Ask TensorFlow 1.15 and the target for the signatures of their functions, and write ops.json beside this file.

    python migrate/native/vocabulary/generate.py --tf1 PYTHON_WITH_TF_1_15 --tf2 PYTHON_WITH_TF_2_21

Runs itself under each interpreter (``--probe KIND``). Written for Python 3.7 and later, standard library only.

ops.json holds for every function of TensorFlow 1.15's core its parameters with their defaults, the same for the target, and ``same``:
the target's name of functions that are one object with what ``compat.v1`` keeps under the old name, and that have all parameters of
1.15 with their defaults. The rest is in vetted.py.
"""

from __future__ import annotations

import argparse
import inspect
import json
import os
import subprocess
import sys
import types
from typing import Any

HERE = os.path.dirname(os.path.abspath(__file__))
# what is not a function of tensors; other vocabularies, or the lifting itself, know these
FOREIGN = frozenset(
    [
        "app",
        "compat",
        "config",
        "contrib",
        "distribute",
        "distribution",
        "estimator",
        "experimental_list_devices",
        "feature_column",
        "flags",
        "gfile",
        "graph_util",
        "initializers",
        "keras",
        "layers",
        "lite",
        "logging",
        "losses",
        "lookup",
        "manip_test",
        "metrics",
        "mlir",
        "model_pruning",
        "optimizers",
        "profiler",
        "python_io",
        "resource_loader",
        "saved_model",
        "summary",
        "sysconfig",
        "test",
        "tools",
        "tpu",
        "train",
        "user_ops",
        "version",
        "xla",
        "raw_ops",
        "python",
        "core",
        "compiler",
        "include",
        "examples",
        "pywrap_tensorflow",
        "experimental",
        "autodiff",
        "module",
        "distributions",
        "nest",
    ]
)
DATASETS = ("from_tensors", "from_tensor_slices", "from_generator", "range", "zip", "list_files")


def signature(value: Any) -> list[str] | None:
    """Parameters as text ("axis=None", "*rest"; behind "*" those that must be named), or None when they cannot be read."""
    decorator = getattr(value, "_tf_decorator", None)
    target = decorator.decorated_target if decorator is not None else value
    try:
        found = list(inspect.signature(target).parameters.values())
    except (TypeError, ValueError):
        return None
    out = []
    keyword_only = False
    for p in found:
        if p.name == "self":
            continue
        if p.kind is p.VAR_KEYWORD:
            return None
        if p.kind is p.KEYWORD_ONLY and not keyword_only:
            keyword_only = True
            out.append("*")
        star = "*" if p.kind is p.VAR_POSITIONAL else ""
        keyword_only = keyword_only or bool(star)
        out.append(star + p.name + ("" if p.default is p.empty else "=" + default(p.default)))
    return out


def default(value: Any) -> str:
    """A default as text that means the same in both versions."""
    if type(value).__name__ == "DType":
        return "tf." + str(value.name)
    if isinstance(value, (bool, int, float, str, bytes, type(None), tuple, list)):
        return repr(value)
    return "<" + getattr(value, "__name__", type(value).__name__) + ">"


def is_api(module: Any) -> bool:
    """Whether a module belongs to the public API."""
    name = getattr(module, "__name__", "") + "."
    return "._api." in name or ".api." in name


def walk(root: Any, prefix: str, found: dict[str, Any]) -> None:
    """Collect the functions and classes of the core below ``root``."""
    for name in sorted(set(dir(root))):
        full = prefix + "." + name
        if name.startswith("_") or (prefix == "tf" and name in FOREIGN):
            continue
        try:
            value = getattr(root, name)
        except Exception:
            continue
        if isinstance(value, types.ModuleType):
            if is_api(value) and full.count(".") < 4:
                walk(value, full, found)
        elif callable(value):
            found[full] = value
    if prefix == "tf":
        for name in DATASETS:
            found["tf.data.Dataset." + name] = getattr(root.data.Dataset, name)


def probe(kind: str) -> dict[str, Any]:
    """Signatures of one version; for the target also which names of compat.v1 are the same object as which of TensorFlow 2."""
    import tensorflow as tf

    found: dict[str, Any] = {}
    walk(tf, "tf", found)
    answer: dict[str, Any] = {"version": tf.__version__, "signatures": {n: signature(v) for n, v in found.items()}}
    if kind == "tf2":
        old: dict[str, Any] = {}
        walk(tf.compat.v1, "tf", old)
        # TensorFlow 2 wraps its functions once more, for NumPy's rules of promotion, which are off by default
        bare = {m: inspect.unwrap(w) for m, w in found.items()}
        answer["same"] = {n: [m for m, w in bare.items() if w is inspect.unwrap(v)] for n, v in old.items()}
    return answer


def best(name: str, names: list[str]) -> str:
    """The name that the reader knows already, then one that ends like it, then the shortest."""
    last = name.rsplit(".", 1)[1]
    return name if name in names else min(names, key=lambda n: (not n.endswith("." + last), n.count("."), len(n), n))


def compatible(old: list[str], new: list[str]) -> bool:
    """Whether the new signature has every parameter of the old one, with its default; their order may differ."""
    return not any(p.startswith("*") and p != "*" for p in old) and set(old) <= {*new, "*"}


def merged(tf1: dict[str, Any], tf2: dict[str, Any]) -> dict[str, Any]:
    """The table."""
    one, two = tf1["signatures"], tf2["signatures"]
    same = {}
    for name, old in one.items():
        names = tf2["same"].get(name)
        if names and old is not None:
            target = best(name, names)
            if two[target] is not None and compatible(old, two[target]):
                same[name] = target
    return {
        "tf1": tf1["version"],
        "target": tf2["version"],
        "same": same,
        "old": {n: s for n, s in one.items() if s is not None},
        "new": {n: s for n, s in two.items() if s is not None},
    }


def run_probe(python: str, kind: str) -> Any:
    """Run one probe under ``python`` and return what it found."""
    env = dict(os.environ, TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
    command = [python, os.path.abspath(__file__), "--probe", kind]
    out = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True).stdout
    return json.loads(out.decode("utf-8").rsplit("\n@@", 1)[1])


def main() -> None:
    """Probe both versions and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--tf1", help="a Python interpreter that has TensorFlow 1.15")
    parser.add_argument("--tf2", help="a Python interpreter that has the target TensorFlow", default=sys.executable)
    parser.add_argument("--probe", choices=("tf1", "tf2"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.probe:
        sys.stdout.write("\n@@" + json.dumps(probe(args.probe)))
        return
    table = merged(run_probe(args.tf1, "tf1"), run_probe(args.tf2, "tf2"))
    with open(os.path.join(HERE, "ops.json"), "w", encoding="utf-8") as file:
        json.dump(table, file, indent=0, sort_keys=True, separators=(",", ":"))
        file.write("\n")
    print(len(table["same"]), "functions are the same object with the same parameters")


if __name__ == "__main__":
    main()
