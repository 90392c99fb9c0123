"""Forward-mode derivatives.

Adapted from TensorFlow 1.15, contrib/nn/python/ops/fwd_gradients.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["fwd_gradients"]


def fwd_gradients(ys: Sequence[Any], xs: Sequence[Any], grad_xs: Any = None, assert_unused: bool = False) -> list[Any]:
    """Derivatives of all of ``ys`` along ``grad_xs`` (ones if it is None), by differentiating gradients.

    ``assert_unused`` puts an assertion on the gradients in between, which fails if something computes them.
    """
    # the gradient is linear in these, so that their values do not matter; NaN would tell if they did
    us = [tf.zeros_like(y) + float("nan") for y in ys]
    dydxs: list[Any] = [None if d is None else tf.convert_to_tensor(d) for d in tf.gradients(ys, xs, grad_ys=us)]
    if assert_unused:
        with tf.control_dependencies([d for d in dydxs if d is not None]):
            check = tf.Assert(False, [1], name="fwd_gradients")
        with tf.control_dependencies([check]):
            dydxs = tf.identity_n(dydxs)
    dydxs = [tf.zeros_like(x) if d is None else d for x, d in zip(xs, dydxs, strict=True)]
    for x, d in zip(xs, dydxs, strict=True):
        d.set_shape(x.shape)
    found: list[Any] = tf.gradients(dydxs, us, grad_ys=grad_xs)
    return found
