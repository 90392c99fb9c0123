"""Training with several losses of which one counts in a step: variables of the others stay as they are.

Adapted from TensorFlow 1.15, contrib/opt/python/training/multitask_optimizer_wrapper.py, Copyright 2017 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["MultitaskOptimizerWrapper", "clip_gradients_by_global_norm"]
_UPDATES = ("_apply_dense", "_resource_apply_dense", "_apply_sparse", "_resource_apply_sparse")


def _is_all_zeros(grad: Any) -> Any:
    values = grad.values if isinstance(grad, tf.IndexedSlices) else grad
    return tf.equal(tf.count_nonzero(values), 0)


class MultitaskOptimizerWrapper:
    """Changes an optimizer so that a gradient of zeros updates nothing, not even slots; TypeError for anything else.

    Clip with `clip_gradients_by_global_norm`: core TensorFlow's function counts the zeros in, and so scales others down too little.
    """

    def __init__(self, opt: Any) -> None:
        if not isinstance(opt, tf.train.Optimizer):
            raise TypeError("Supplied optimizer must be an instance of tf.train.Optimizer")
        self._opt = opt
        for name in _UPDATES:
            setattr(opt, name, _unless_zeros(getattr(opt, name)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._opt, name)


def _unless_zeros(update: Callable[..., Any]) -> Callable[..., Any]:
    def wrapper(grad: Any, *args: Any, **kwargs: Any) -> Any:
        def apply() -> Any:
            with tf.control_dependencies([update(grad, *args, **kwargs)]):
                return tf.no_op()

        return tf.cond(_is_all_zeros(grad), tf.no_op, apply)

    return wrapper


def clip_gradients_by_global_norm(gradients_variables: Any, clip_norm: float = 20.0) -> tuple[list[Any], Any]:
    """Scale gradients so that the norm of all of them is at most ``clip_norm``; those of zeros do not count.

    Args:
      gradients_variables: pairs (gradient, variable).
      clip_norm: the largest norm.

    Returns:
      Pairs with scaled gradients, and the norm before.
    """
    gradients, variables = zip(*gradients_variables, strict=True)

    def without_zeros(grad: Any) -> Any:
        if grad is None:
            return None
        return tf.cond(_is_all_zeros(grad), lambda: tf.zeros([], dtype=grad.dtype), lambda: tf.convert_to_tensor(grad))

    norm = tf.global_norm([without_zeros(grad) for grad in gradients])
    clipped, _ = tf.clip_by_global_norm(gradients, clip_norm, use_norm=norm)
    return list(zip(clipped, variables, strict=True)), norm
