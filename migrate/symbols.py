"""TensorFlow names: what they meant in TF 1.15 and whether they are alive on the target. Reads the tables; imports no TensorFlow."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal

Space = Literal["tf", "v1", "v2"]
V1 = "tensorflow.compat.v1"


@dataclass(frozen=True, slots=True)
class Name:
    """A TensorFlow 1 name ("tf.app.flags.FLAGS"), the name space through which the program reached it, and attributes behind it."""

    name: str
    space: Space
    known: bool
    attributes: tuple[str, ...] = ()

    @property
    def flags(self) -> str:
        """Flag letters of the symbol table ("" for a name that neither 1.15 nor the target has)."""
        return symbols().get(self.name, "")

    @property
    def in_tf1(self) -> bool:
        """Whether TF 1.15 had it."""
        return "1" in self.flags or self.is_contrib

    @property
    def is_contrib(self) -> bool:
        """Whether it lies below tf.contrib."""
        return self.name.startswith("tf.contrib.") or self.name == "tf.contrib"

    @property
    def alive_in_v1(self) -> bool:
        """Whether ``tensorflow.compat.v1`` of the target has it, with legacy Keras at least."""
        return "3" in self.flags or "L" in self.flags

    @property
    def alive_in_v2(self) -> bool:
        """Whether ``tensorflow`` of the target has it, under either Keras."""
        return "k" in self.flags or "l" in self.flags

    @property
    def needs_legacy_keras(self) -> bool:
        """Whether compat.v1 has it under legacy Keras only. Everything of tf.keras is Keras 2 code and counts."""
        if self.name == "tf.keras" or self.name.startswith("tf.keras."):
            return True
        return "L" in self.flags and "3" not in self.flags

    @property
    def same_in_v2(self) -> bool:
        """Whether both name spaces of the target have the very same object."""
        return "=" in self.flags


@functools.cache
def table(name: str) -> Any:
    """One JSON table of ``migrate/tables``."""
    return json.loads((resources.files(__package__) / "tables" / name).read_bytes())


@functools.cache
def symbols() -> dict[str, str]:
    """Flag letters by full name."""
    return {name: flags for flags, names in table("symbols.json")["names"].items() for name in names}


@functools.cache
def modules() -> frozenset[str]:
    """Names that have names below them (modules, and classes are not among them)."""
    return frozenset(name.rsplit(".", 1)[0] for name in symbols())


@functools.cache
def star_imports() -> dict[str, dict[str, str]]:
    """What ``from tensorflow import *`` and its twin of compat.v1 brought in TF 1.15: full names by local name, by module."""
    top = [name[3:] for name, flags in symbols().items() if "1" in flags and name.count(".") == 1]
    return {home: {n: f"{home}.{n}" for n in [*top, "contrib"]} for home in ("tensorflow", V1)}


def target_version() -> str:
    """The TensorFlow version that the tables were measured on."""
    return str(table("symbols.json")["target"])


def name_of(full: str) -> Name | None:
    """The TensorFlow name behind a resolved dotted path such as ``tensorflow.compat.v1.app.run``; None for other libraries."""
    parts = full.split(".")
    if parts[0] != "tensorflow":
        return None
    space: Space = "tf"
    rest = parts[1:]
    while rest[:2] in (["compat", "v1"], ["compat", "v2"]):
        space = "v1" if rest[1] == "v1" else "v2"
        rest = rest[2:]
    if rest[:1] in (["contrib"], ["python"], ["examples"], ["models"], ["raw_ops"]):
        return Name(".".join(["tf", *rest]), space, known=rest[0] == "raw_ops")
    return _longest("tf", rest, space)


def _longest(prefix: str, rest: list[str], space: Space) -> Name:
    """Follow ``rest`` as long as the table knows it; what follows an object that is no module are its attributes."""
    for i, part in enumerate(rest):
        longer = f"{prefix}.{part}"
        if longer in symbols():
            prefix = longer
        elif prefix in modules():
            return Name(longer, space, known=False, attributes=tuple(rest[i + 1 :]))
        else:
            return Name(prefix, space, known=True, attributes=tuple(rest[i:]))
    return Name(prefix, space, known=True)
