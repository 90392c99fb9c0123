"""Monitors as hooks.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/monitors.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.util import tf_inspect


class RunHookAdapterForMonitors(tf.train.SessionRunHook):
    """Calls monitors at the right times of a monitored session."""

    def __init__(self, monitors: Sequence[Any]) -> None:
        self._monitors = monitors
        self._last_step: int | None = None
        self._global_step_tensor: Any = None

    def begin(self) -> None:
        """Begin each monitor."""
        self._last_step = None
        self._global_step_tensor = tf.train.get_global_step()
        for monitor in self._monitors:
            monitor.begin(max_steps=None)

    def before_run(self, run_context: Any) -> Any:
        """Begin a step; ask for what the monitors want. ValueError if that is not a list."""
        if self._last_step is None:
            self._last_step = run_context.session.run(self._global_step_tensor) + 1
        fetches: list[Any] = []
        for monitor in self._monitors:
            requests = monitor.step_begin(self._last_step)
            if requests:
                if not isinstance(requests, list):
                    raise ValueError("Monitor.step_begin should return a list.")
                fetches.extend(requests)
        request = {"global_step": self._global_step_tensor}
        if fetches:
            request["monitors"] = {f: _as_graph_element(f) for f in fetches}
        return tf.train.SessionRunArgs(request)

    def after_run(self, run_context: Any, run_values: Any) -> None:
        """End a step; stop if a monitor says so."""
        result = run_values.results.get("monitors", {})
        for monitor in self._monitors:
            if monitor.step_end(self._last_step, result):
                run_context.request_stop()
        for monitor in self._monitors:
            monitor.post_step(self._last_step, run_context.session)
        self._last_step = run_values.results["global_step"] + 1

    def end(self, session: Any) -> None:
        """End each monitor."""
        self._last_step = None
        for monitor in self._monitors:
            if "session" in tf_inspect.getfullargspec(monitor.end).args:
                monitor.end(session=session)
            else:
                monitor.end()


def replace_monitors_with_hooks(monitors_or_hooks: Sequence[Any] | None, estimator: Any) -> list[Any]:
    """Hooks as they are, and behind them one hook for all monitors; a worker that is not the chief leaves most monitors out."""
    given = monitors_or_hooks or []
    hooks = [m for m in given if isinstance(m, tf.train.SessionRunHook)]
    monitors = [m for m in given if not isinstance(m, tf.train.SessionRunHook)]
    if not estimator.config.is_chief:
        monitors = [m for m in monitors if m.run_on_all_workers]
    for monitor in monitors:
        monitor.set_estimator(estimator)
    if monitors:
        hooks.append(RunHookAdapterForMonitors(monitors))
    return hooks


def _as_graph_element(obj: Any) -> Any:
    """A tensor of the graph by itself, by its name, or by the name of its operation if that has one output."""
    graph = tf.get_default_graph()
    if not isinstance(obj, str):
        if getattr(obj, "graph", None) is not graph:
            raise ValueError(f"Passed {obj} should have graph attribute that is equal to current graph {graph}.")
        return obj
    if ":" in obj:
        return graph.as_graph_element(obj)
    element = graph.as_graph_element(obj + ":0")
    if len(element.op.outputs) > 1:
        raise ValueError(f"Name {obj} is ambiguous, as this `Operation` has multiple outputs (at least 2).")
    return element
