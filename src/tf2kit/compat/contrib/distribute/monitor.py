"""A loop around a step of a distribution strategy.

Adapted from TensorFlow 1.15, contrib/distribute/python/monitor.py, Copyright 2018 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["Monitor"]


class Monitor:
    """Runs a step function in eager code, or an initialized step in a session; ValueError for one without the other."""

    def __init__(self, step_callable: Any, session: Any = None) -> None:
        if tf.executing_eagerly():
            if session is not None:
                raise ValueError("Should not provide a `session` in Eager mode.")
            self._run_step = step_callable
        else:
            if session is None:
                raise ValueError("Should provide a `session` in Graph mode.")
            session.run(step_callable.initialize())
            self._run_step = session.make_callable(step_callable())
            session.run(tf.global_variables_initializer())

    def run_steps(self, num_steps: int | None = None) -> None:
        """Run steps, up to the end of the input at most."""
        step = 0
        while num_steps is None or step < num_steps:
            try:
                self._run_step()
            except tf.errors.OutOfRangeError:
                break
            step += 1
