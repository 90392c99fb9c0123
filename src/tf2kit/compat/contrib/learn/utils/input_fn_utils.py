"""Input functions for serving.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/utils/input_fn_utils.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf


class InputFnOps(NamedTuple):
    """Features for the model, labels (None), and the tensors that a request fills."""

    features: Any
    labels: Any
    default_inputs: Any


def build_parsing_serving_input_fn(
    feature_spec: dict[str, Any], default_batch_size: int | None = None
) -> Callable[[], InputFnOps]:
    """An input function of serialized Examples, parsed as ``feature_spec`` says."""

    def input_fn() -> InputFnOps:
        serialized = tf.placeholder(dtype=tf.string, shape=[default_batch_size], name="input_example_tensor")
        return InputFnOps(tf.parse_example(serialized, feature_spec), None, {"examples": serialized})

    return input_fn


def build_default_serving_input_fn(
    features: dict[str, Any], default_batch_size: int | None = None
) -> Callable[[], InputFnOps]:
    """An input function with a placeholder for each feature, of its type and of its shape but for the batch."""

    def input_fn() -> InputFnOps:
        placeholders = {
            name: tf.placeholder(t.dtype, [default_batch_size, *t.get_shape().as_list()[1:]], name=t.op.name)
            for name, t in features.items()
        }
        return InputFnOps(placeholders, None, placeholders)

    return input_fn
