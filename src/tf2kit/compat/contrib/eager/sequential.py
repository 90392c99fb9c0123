"""A network that calls layers and functions one after the other.

Adapted from TensorFlow 1.15, contrib/eager/python/network.py, Copyright 2017 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensorflow.python.util.function_utils import fn_args
from tf_keras.src.legacy_tf_layers import base

from .network import Network

__all__ = ["Sequential"]


class Sequential(Network):
    """``Sequential([layer_or_function, …])``; those with an argument ``training`` are given it."""

    def __init__(self, layers_funcs: Sequence[Any] | None = None, name: str | None = None) -> None:
        super().__init__(name=name)
        self._layers_funcs: list[tuple[bool, Any]] = []
        for item in layers_funcs or ():
            self.add(item)

    def add(self, layer_func: Any) -> None:
        """Put a layer or a function at the end; TypeError for anything else."""
        if isinstance(layer_func, base.Layer):
            arguments = fn_args(layer_func.call)
            self.track_layer(layer_func)
        elif callable(layer_func):
            arguments = fn_args(layer_func)
        else:
            raise TypeError(
                "Sequential.add() takes only tf.layers.Layer objects or callables; "
                f"not '{layer_func}' of type '{type(layer_func)}'."
            )
        self._layers_funcs.append(("training" in arguments, layer_func))

    def call(self, inputs: Any, training: Any = None) -> Any:
        """The output of the last one; without ``training`` all have their own default."""
        for has_training, function in self._layers_funcs:
            inputs = function(inputs, training) if has_training and training is not None else function(inputs)
        return inputs
