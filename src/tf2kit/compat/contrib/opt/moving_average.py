"""Training that keeps averages of the variables, and saves them in their place.

Adapted from TensorFlow 1.15, contrib/opt/python/training/moving_average_optimizer.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.ops.variables import PartitionedVariable
from tensorflow.python.training.saving.saveable_object_util import op_list_to_dict

__all__ = ["MovingAverageOptimizer"]


class MovingAverageOptimizer(tf.train.Optimizer):
    """Another optimizer, and moving averages of the variables that it updates.

    Args:
      opt: the optimizer.
      average_decay: of the averages.
      num_updates: see ``tf.train.ExponentialMovingAverage``.
      sequential_update: average after the update of the step; else maybe before.
    """

    def __init__(
        self, opt: Any, average_decay: float = 0.9999, num_updates: Any = None, sequential_update: bool = True
    ) -> None:
        # slots and names are those of the optimizer
        self._optimizer = opt
        self._ema = tf.train.ExponentialMovingAverage(average_decay, num_updates=num_updates)
        self._swapped: dict[str, str] | None = None
        self._sequential_update = sequential_update

    def compute_gradients(self, *args: Any, **kwargs: Any) -> Any:
        """Those of the optimizer."""
        return self._optimizer.compute_gradients(*args, **kwargs)

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:
        """Apply gradients and update the averages."""
        grads_and_vars = list(grads_and_vars)
        train = self._optimizer.apply_gradients(grads_and_vars, global_step=global_step, name=name)
        variables = [v for grad, v in grads_and_vars if grad is not None]
        with tf.control_dependencies([train] if self._sequential_update else []):
            update = self._ema.apply(variables)
        self._swapped = {}
        for v in variables:
            average = self._ema.average(v)
            self._swapped[v.op.name] = average.op.name
            self._swapped[average.op.name] = v.op.name
        return tf.group(train, update, name="train_with_avg")

    def swapping_saver(self, var_list: Any = None, name: str = "swapping_saver", **kwargs: Any) -> Any:
        """A saver that writes averages under the names of variables, and variables under those of averages.

        Raises:
          RuntimeError: before ``apply_gradients`` or ``minimize``.
          ValueError: a variable or its average is not in ``var_list``.
        """
        if self._swapped is None:
            raise RuntimeError("Must call apply_gradients or minimize before creating the swapping_saver")
        if var_list is None:
            var_list = tf.global_variables()
        if not isinstance(var_list, dict):
            var_list = op_list_to_dict(var_list)
        by_name = {}
        for key, value in var_list.items():
            parts = list(value) if isinstance(value, list | PartitionedVariable) else None
            by_name.update({part.op.name: part for part in parts} if parts is not None else {key: value})
        swapped = {}
        for key, value in var_list.items():
            if isinstance(value, list):
                swapped[key] = [self._other(by_name, part.op.name, part) for part in value]
            else:
                swapped[key] = self._other(by_name, key, value)
        return tf.train.Saver(swapped, name=name, **kwargs)

    def _other(self, by_name: dict[str, Any], name: str, value: Any) -> Any:
        other = (self._swapped or {}).get(name)
        if other is None:
            return value
        if other not in by_name:
            raise ValueError(
                f"Variable to swap {other} is not part of variables to save. This breaks MovingAverageOptimizer."
            )
        return by_name[other]
