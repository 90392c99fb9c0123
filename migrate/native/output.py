"""The last look at a lifted module: nothing of TensorFlow 1 may be left in it."""

from __future__ import annotations

from ..module import Module
from ..relocate import named_places
from ..symbols import V1, Name, name_of
from .refusal import Refusal

# The one part of tf2kit that a native program may need: data that TensorFlow no longer ships.
_LOADER = "tf2kit.compat.examples"
_OLD = ("keras", "tf_keras", "tf_slim", "tf2kit", "tensorflow_estimator")


def inspect(module: Module) -> None:
    """Refuse a text that still uses what TensorFlow 2 does not have.

    Raises:
      Refusal: a name, or an import, that must not be in native code.
    """
    for imported in module.imports:
        if imported.target.split(".")[0] in _OLD and not imported.target.startswith(_LOADER):
            raise Refusal(imported.node, f"it would still import {imported.target.split('.')[0]}")
        if imported.target.startswith(V1):
            raise Refusal(imported.node, f"it would still import {V1}")
    for node, full in named_places(module):
        name = name_of(full)
        if name is not None and not _alive(name):
            raise Refusal(node, f"it would still use {name.name}, which TensorFlow 2 does not have")


def _alive(name: Name) -> bool:
    if name.space == "v1":
        return False
    if name.name == "tf" or name.name.rpartition(".")[2].startswith("__"):
        return True
    return name.known and (name.alive_in_v2 or name.name.startswith("tf.raw_ops."))
