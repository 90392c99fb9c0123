"""Measure what of TensorFlow 1.15's API is left on the target TensorFlow, and write the JSON tables beside this file.

    python migrate/tables/generate.py --tf1 PYTHON_WITH_TF_1_15 --tf2 PYTHON_WITH_TF_2_21

Runs itself under each interpreter (``--probe KIND``) and merges what they print. Written for Python 3.7 and later, standard library only.

symbols.json    every public name of TF 1.15 and of the target, with flags (see ``FLAGS``)
contrib.json    names of tf.contrib that are the *same object* on 1.15 as a core name, with that core name
signatures.json parameters that a function of compat.v1 lost since 1.15
private.json    modules of ``tensorflow.python`` that are gone, names that their module lost, and where such a name is defined now
"""

from __future__ import annotations

import argparse
import ast
import importlib
import inspect
import json
import os
import subprocess
import sys
import types
from typing import Any, Callable

HERE = os.path.dirname(os.path.abspath(__file__))
FLAGS = {
    "1": "public in TF 1.15",
    "3": "in tensorflow.compat.v1 of the target under Keras 3",
    "L": "in tensorflow.compat.v1 of the target under TF_USE_LEGACY_KERAS=1",
    "k": "in tensorflow of the target under Keras 3",
    "l": "in tensorflow of the target under TF_USE_LEGACY_KERAS=1",
    "=": "the same object in both name spaces of the target",
}
API_MODULES = (
    "._api.",
    ".api.",
    "tensorflow.compat.v1",
    "tensorflow.python.platform.flags",
    "tensorflow_core.python.platform.flags",
    "absl.flags",
    "keras.",
)
NOT_API = {"python", "core", "compiler", "tools", "contrib", "include", "examples", "raw_ops", "pywrap_tensorflow"}
FUTURE = {"absolute_import", "division", "print_function"}


def is_api(module: Any) -> bool:
    """Whether a module object belongs to the public API tree."""
    name = getattr(module, "__name__", "")
    return any(part in name + "." for part in API_MODULES) or type(module).__name__ in ("KerasLazyLoader", "LazyLoader")


def walk(
    root: Any,
    prefix: str,
    visit: Callable[[str, Any], None],
    accept: Callable[[Any], bool],
    depth: int = 9,
    skip: Any = frozenset(),
) -> None:
    """Call ``visit(full name, object)`` for every public attribute below ``root``."""
    try:
        public = sorted(set(dir(root)))
    except ImportError:  # a lazy module whose target is gone (compat.v1.layers under Keras 3)
        return
    for name in public:
        if name.startswith("_") or name == "src" or (depth == 9 and name in skip) or name in FUTURE:
            continue
        try:
            value = getattr(root, name)
        except Exception:
            continue
        full = prefix + "." + name
        if isinstance(value, types.ModuleType) or type(value).__name__ == "KerasLazyLoader":
            # a public copy of the whole API inside itself (tf.compat.v1.compat.v1 …) is not worth listing
            if not accept(value) or depth == 0 or (name in ("v1", "v2") and ".compat" in prefix):
                continue
            visit(full, value)
            walk(value, full, visit, accept, depth - 1)
        else:
            visit(full, value)


def parameters(value: Any) -> list[str] | None:
    """(names, takes any keyword) of a callable's parameters, or None when they cannot be read."""
    try:
        target = inspect.unwrap(value.__init__ if inspect.isclass(value) else value)
        decorator = getattr(value, "_tf_decorator", None)
        if decorator is not None:
            target = decorator.decorated_target
        found = inspect.signature(target).parameters.values()
    except Exception:
        return None
    if any(p.kind is p.VAR_KEYWORD for p in found):
        return None
    return [p.name for p in found if p.kind is not p.VAR_POSITIONAL and p.name != "self"]


def probe_api(kind: str) -> dict[str, Any]:
    """Names (and parameters) of one name space: ``tf1``, ``v1`` or ``v2``."""
    if kind == "v1":
        import tensorflow.compat.v1 as tf

        tf.disable_v2_behavior()
        import tensorflow as v2
    else:
        import tensorflow as tf

        v2 = None
    names = {}

    def visit(full: str, value: Any) -> None:
        row: dict[str, Any] = {"module": isinstance(value, types.ModuleType)}
        if callable(value):
            row["parameters"] = parameters(value)
        if v2 is not None:
            row["same"] = lookup(v2, full) is value
        names[full] = row

    walk(tf, "tf", visit, is_api, skip=NOT_API)
    return {"version": tf.__version__, "names": names}


def lookup(root: Any, full: str) -> Any:
    """The object at dotted ``full`` ("tf.a.b") below ``root``, or None."""
    for part in full.split(".")[1:]:
        try:
            root = getattr(root, part)
        except Exception:
            return None
    return root


def probe_contrib(_: str) -> dict[str, str]:
    """Every public name of tf.contrib and the shortest core name of the same function or class."""
    import tensorflow as tf

    core: dict[int, str] = {}

    def remember(full: str, value: Any) -> None:
        if inspect.isclass(value) or inspect.isfunction(value):
            best = core.get(id(value))
            if best is None or full.count(".") < best.count("."):
                core[id(value)] = full

    walk(tf, "tf", remember, is_api, skip=NOT_API)
    names = {}

    def compare(full: str, value: Any) -> None:
        if (inspect.isclass(value) or inspect.isfunction(value)) and id(value) in core:
            names[full] = core[id(value)]

    walk(tf.contrib, "tf.contrib", compare, lambda module: ".contrib." in getattr(module, "__name__", ""), depth=4)
    return names


def probe_private(_: str) -> dict[str, dict[str, str]]:
    """Names that every module of tensorflow.python defines at its top level, from the files; on TF 2 also what importing gives."""
    import tensorflow as tf

    root = os.path.dirname(tf.__file__)
    found = {}
    for base in (root, os.path.join(os.path.dirname(root), "tensorflow_core")):  # 1.15 keeps its code in the latter
        top = os.path.join(base, "python")
        for folder, _folders, files in os.walk(top):
            for file in files:
                if file.endswith(".py") and not file.endswith("_test.py"):
                    path = os.path.join(folder, file)
                    dotted = "tensorflow." + os.path.relpath(path, base)[:-3].replace(os.sep, ".")
                    dotted = dotted[: -len(".__init__")] if dotted.endswith(".__init__") else dotted
                    found[dotted] = top_level(path)
                    if tf.__version__ >= "2":  # names that are bound in branches, or by code
                        found[dotted] = {**dict.fromkeys(imported(dotted), "import"), **found[dotted]}
    return found


def imported(dotted: str) -> list[str]:
    """Names of a module that has been imported; none for one that cannot be."""
    try:
        return dir(importlib.import_module(dotted))
    except (Exception, SystemExit):
        return []


def top_level(path: str) -> dict[str, str]:
    """{name: "def" | "import"} of one file; names that start with an underscore are left out."""
    with open(path, "rb") as file:
        tree = ast.parse(file.read())
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)) and node.col_offset == 0:
            for alias in node.names:
                star = "*" + (node.module or "") if isinstance(node, ast.ImportFrom) and alias.name == "*" else ""
                names.setdefault(star or (alias.asname or alias.name).split(".")[0], "import")
    for node in tree.body:
        targets: list[str] = []
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            targets = [node.name]
        elif isinstance(node, ast.Assign):
            targets = [t.id for t in node.targets if isinstance(t, ast.Name)]
        elif isinstance(node, (ast.If, ast.Try)):
            targets = [n.name for n in ast.walk(node) if isinstance(n, (ast.FunctionDef, ast.ClassDef))]
        for name in targets:
            names[name] = "def"
    return {n: k for n, k in names.items() if not n.startswith("_") and n not in FUTURE}


PROBES = {"tf1": probe_api, "v1": probe_api, "v2": probe_api, "contrib": probe_contrib, "private": probe_private}


def run_probe(python: str, kind: str, legacy: bool = False) -> Any:
    """Run one probe under ``python`` and return what it measured."""
    env = dict(os.environ, TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
    env.pop("TF_USE_LEGACY_KERAS", None)
    if legacy:
        env["TF_USE_LEGACY_KERAS"] = "1"
    out = subprocess.run(
        [python, os.path.abspath(__file__), "--probe", kind], env=env, stdout=subprocess.PIPE, check=True
    ).stdout
    return json.loads(out.decode("utf-8").rsplit("\n@@", 1)[1])


def flags_of(name: str, one: Any, v1: Any, v1_legacy: Any, v2: Any, v2_legacy: Any) -> str:
    """The flag letters of one name; see ``FLAGS``."""
    out = "".join(f for f, names in zip("13Lkl", (one, v1, v1_legacy, v2, v2_legacy)) if name in names)
    rows = [names[name] for names in (v1, v1_legacy) if name in names]
    return out + ("=" if rows and all(r.get("same") for r in rows) else "")


def symbols_table(tf1: Any, v1: Any, v1_legacy: Any, v2: Any, v2_legacy: Any) -> dict[str, Any]:
    """Names grouped by flags, so that the file stays small."""
    grouped: dict[str, list[str]] = {}
    spaces = [p["names"] for p in (tf1, v1, v1_legacy, v2, v2_legacy)]
    for name in sorted(set().union(*spaces)):
        grouped.setdefault(flags_of(name, *spaces), []).append(name)
    return {"tf1": tf1["version"], "target": v1["version"], "flags": FLAGS, "names": dict(sorted(grouped.items()))}


def signatures_table(tf1: Any, v1_legacy: Any) -> dict[str, Any]:
    """Parameters of 1.15 that the function of the same name in compat.v1 no longer takes, and moved positions."""
    rows = {}
    for name, row in sorted(tf1["names"].items()):
        old, new = row.get("parameters"), v1_legacy["names"].get(name, {}).get("parameters")
        if not old or new is None:
            continue
        lost = [p for p in old if p not in new]
        if lost or new[: len(old)] != old:
            rows[name] = {"lost": lost, "old": old, "new": new}
    return rows


def private_table(old: Any, new: Any) -> dict[str, Any]:
    """What of tensorflow.python is gone and where a defined name lives now (only when exactly one module defines it)."""
    for names in new.values():
        for star in [n[1:] for n in names if n.startswith("*")]:
            names.update({n: "import" for n in new.get(star, {}) if n not in names})
    homes: dict[str, list[str]] = {}
    for module, names in new.items():
        for name, kind in names.items():
            if kind == "def":
                homes.setdefault(name, []).append(module)
    names_gone: dict[str, list[str]] = {}
    moved: dict[str, str] = {}
    for module, names in sorted(old.items()):
        for name, kind in sorted(names.items()):
            if kind != "def" or not {name, "__getattr__"}.isdisjoint(new.get(module, ())):
                continue
            if module in new:
                names_gone.setdefault(module, []).append(name)
            if len(homes.get(name, [])) == 1:
                moved[module + "." + name] = homes[name][0] + "." + name
    return {
        "modules": sorted(new),
        "modules_gone": sorted(set(old) - set(new)),
        "names_gone": names_gone,
        "moved": moved,
    }


def save(name: str, table: Any) -> None:
    """Write one table beside this file."""
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as file:
        json.dump(table, file, indent=0, sort_keys=False, separators=(",", ":"))
        file.write("\n")
    print(name, os.path.getsize(os.path.join(HERE, name)), "bytes")


def main() -> None:
    """Probe both versions and write all tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tf1", help="a Python interpreter that has TensorFlow 1.15")
    parser.add_argument(
        "--tf2", help="a Python interpreter that has the target TensorFlow and tf_keras", default=sys.executable
    )
    parser.add_argument("--probe", choices=sorted(PROBES), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.probe:
        sys.stdout.write("\n@@" + json.dumps(PROBES[args.probe](args.probe)))
        return
    tf1 = run_probe(args.tf1, "tf1")
    v1, v1_legacy = run_probe(args.tf2, "v1"), run_probe(args.tf2, "v1", legacy=True)
    v2, v2_legacy = run_probe(args.tf2, "v2"), run_probe(args.tf2, "v2", legacy=True)
    save("symbols.json", symbols_table(tf1, v1, v1_legacy, v2, v2_legacy))
    save("signatures.json", signatures_table(tf1, v1_legacy))
    save("contrib.json", {"tf1": tf1["version"], "names": run_probe(args.tf1, "contrib")})
    save("private.json", private_table(run_probe(args.tf1, "private"), run_probe(args.tf2, "private")))


if __name__ == "__main__":
    main()
