"""Names of tf.contrib that were the very same objects as names of core TensorFlow, read from the migrator's table."""

from __future__ import annotations

import functools
import importlib
import importlib.resources
import json
from typing import Any

_PREFIX = "tf.contrib."


def table(name: str) -> Any:
    """A table of the migrator, kept in its room."""
    return json.loads((importlib.resources.files("tf2kit.migrate") / "tables" / name).read_text(encoding="utf-8"))


@functools.cache
def _packages() -> dict[str, dict[str, str]]:
    """A path below tf.contrib -> its own names that are core names, and those."""
    found: dict[str, dict[str, str]] = {}
    for name, core in table("contrib.json")["names"].items():
        package, _, last = name.removeprefix(_PREFIX).rpartition(".")
        found.setdefault(package, {})[last] = core
        while "." in package:
            package = package.rpartition(".")[0]
            found.setdefault(package, {})
    return found


def is_package(path: str) -> bool:
    """Whether ``tf.contrib.<path>`` held core names, itself or below it."""
    return path in _packages()


def members(path: str) -> dict[str, Any]:
    """The core objects in ``tf.contrib.<path>`` that TensorFlow still has, by their names there."""
    found = {name: _core(core) for name, core in _packages().get(path, {}).items()}
    return {name: value for name, value in found.items() if value is not None}


def member(path: str, name: str) -> Any:
    """The core object ``tf.contrib.<path>.<name>``, or None."""
    core = _packages().get(path, {}).get(name)
    return None if core is None else _core(core)


def _core(name: str) -> Any:
    home, *attributes = name.split(".")[1:]
    if home == "estimator":
        value: Any = importlib.import_module("tf2kit.compat.estimator")
    else:
        value = getattr(importlib.import_module("tensorflow.compat.v1"), home, None)
    for attribute in attributes:
        value = getattr(value, attribute, None)
    return value
