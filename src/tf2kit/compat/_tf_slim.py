"""tf_slim 1.1 repaired for TensorFlow 2.21: `repair` puts back the internal names of TensorFlow that tf_slim uses and that moved.

tf_slim is tf.contrib.slim, layers and framework of TensorFlow 1.15 almost line for line, but its last release is from 2020. It
reads names such as ``ops.IndexedSlices`` and ``control_flow_ops.cond`` from internal modules that no longer have them, and its
batch_norm looks for a module that tf_keras moved. Each such reference is given a stand-in for that one module; TensorFlow itself
is not changed.
"""

from __future__ import annotations

import importlib
import types
from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

Extras = dict[str, Callable[[], Any]]


def _batch_normalization() -> Any:
    # Keras 2's layer, chosen directly: it does not depend on TF_USE_LEGACY_KERAS.
    return importlib.import_module("tf_keras.src.legacy_tf_layers.normalization").BatchNormalization


_FRAMEWORK_OPS: Extras = {"Tensor": lambda: tf.Tensor, "IndexedSlices": lambda: tf.IndexedSlices}
_ARRAY_OPS: Extras = {"stack": lambda: tf.stack, "unstack": lambda: tf.unstack}
_CONTROL_FLOW: Extras = {
    "cond": lambda: tf.cond,
    "case": lambda: tf.case,
    "while_loop": lambda: tf.while_loop,
    "Assert": lambda: tf.debugging.Assert,
}

# module of tf_slim -> its global that holds an internal module of TensorFlow -> what is missing there
_MISSING: dict[str, dict[str, Extras]] = {
    "data.tfexample_decoder": {"array_ops": _ARRAY_OPS, "control_flow_ops": _CONTROL_FLOW},
    "layers.layers": {"array_ops": _ARRAY_OPS, "normalization_layers": {"BatchNormalization": _batch_normalization}},
    "layers.optimizers": {"ops": _FRAMEWORK_OPS},
    "layers.rev_block_lib": {"framework_ops": _FRAMEWORK_OPS},
    "layers.utils": {"ops": _FRAMEWORK_OPS, "control_flow_ops": _CONTROL_FLOW},
    "learning": {"ops": _FRAMEWORK_OPS},
    "losses.metric_learning": {"control_flow_ops": _CONTROL_FLOW},
    "metrics.histogram_ops": {"control_flow_ops": _CONTROL_FLOW},
    "metrics.metric_ops": {"array_ops": _ARRAY_OPS, "control_flow_ops": _CONTROL_FLOW},
    "ops.variables": {"variable_scope": {"variable": lambda: tf.Variable}},
    "training.training": {"ops": _FRAMEWORK_OPS},
}


class StandIn(types.ModuleType):
    """A module with a few names more; everything else is read from the module."""

    def __init__(self, module: types.ModuleType, extras: Extras) -> None:
        super().__init__(module.__name__, module.__doc__)
        self._module = module
        self._extras = extras

    def __getattr__(self, name: str) -> Any:
        value = self._extras[name]() if name in self._extras else getattr(self._module, name)
        setattr(self, name, value)
        return value


def repair() -> None:
    """Give the modules of tf_slim their stand-ins; a second call changes nothing."""
    for path, references in _MISSING.items():
        module = importlib.import_module(f"tf_slim.{path}")
        for name, extras in references.items():
            internal = getattr(module, name)
            if not isinstance(internal, StandIn):
                setattr(module, name, StandIn(internal, extras))
