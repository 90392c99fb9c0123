"""Variables with a copy at each worker and one in common, for the optimizers that average over workers.

Adapted from TensorFlow 1.15, contrib/opt/python/training/{agn,elastic_average,model_average}_optimizer.py, Copyright 2017 and 2018
The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["InitHook", "VariableMap", "WorkerGetter", "local_step", "update_every"]
GLOBAL = "global_center_variable"


class VariableMap:
    """From variables to others."""

    def __init__(self) -> None:
        self._others: dict[Any, Any] = {}

    def __setitem__(self, variable: Any, other: Any) -> None:
        self._others[variable.ref()] = other

    def __getitem__(self, variable: Any) -> Any:
        return self._others[variable.ref()]

    def __bool__(self) -> bool:
        return bool(self._others)

    def get(self, variable: Any, default: Any) -> Any:
        """The other variable, or the default."""
        return self._others.get(variable.ref(), default)


class WorkerGetter:
    """A ``custom_getter``: trainable variables become local ones on the worker, with copies elsewhere.

    A subclass names the second copy on the worker in ``_second_name``; it is in ``second``, the common one in ``common``.
    """

    _second_name: str

    def __init__(self, worker_device: str) -> None:
        self._worker_device = worker_device
        self.common = VariableMap()
        self.second = VariableMap()

    def __call__(self, getter: Any, name: str, trainable: Any, collections: Any, *args: Any, **kwargs: Any) -> Any:
        """The variable that the program sees."""
        if not trainable:
            return self._other(getter, name, *args, trainable=trainable, collections=collections, **kwargs)
        keys = tf.GraphKeys
        with tf.device(self._worker_device):
            local = getter(name, *args, trainable=True, collections=[keys.LOCAL_VARIABLES], **kwargs)
        if kwargs["reuse"] is True:
            return local
        common = getter(*args, name=f"{GLOBAL}/{name}", trainable=False, collections=[keys.GLOBAL_VARIABLES], **kwargs)
        with tf.device(self._worker_device):
            second = getter(
                *args,
                name=f"{self._second_name}/{name}",
                trainable=False,
                collections=[keys.LOCAL_VARIABLES],
                **kwargs,
            )
        one = kwargs["partitioner"] is None
        groups = ([local], [common], [second]) if one else (list(local), list(common), list(second))
        for part, common_part, second_part in zip(*groups, strict=True):
            self.common[part], self.second[part] = common_part, second_part
        return local

    def _other(self, getter: Any, name: str, *args: Any, **kwargs: Any) -> Any:
        """A variable that is not trained."""
        return getter(name, *args, **kwargs)


def local_step() -> Any:
    """The variable that counts steps of the worker."""
    return tf.get_variable(
        initializer=0, trainable=False, collections=[tf.GraphKeys.LOCAL_VARIABLES], name="local_step"
    )


def update_every(step: Any, period: int, update: Any) -> Any:
    """Run ``update`` when the step is a multiple of the period."""
    return tf.cond(tf.equal(tf.mod(step, period), 0), update, tf.no_op)


class InitHook(tf.train.SessionRunHook):
    """Runs the operation that ``make_op`` makes when a session is new."""

    def __init__(self, make_op: Any, is_chief: bool) -> None:
        self._make_op = make_op
        self._is_chief = is_chief

    def begin(self) -> None:
        """Make the operations while the graph can still change."""
        self._local_init_op = tf.local_variables_initializer()
        self._global_init_op = tf.global_variables_initializer() if self._is_chief else None
        self._variable_init_op = self._make_op()

    def after_create_session(self, session: Any, coord: Any) -> None:  # noqa: ARG002
        """Run it."""
        session.run(self._variable_init_op)
