"""Monitors that log, write or keep values.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/monitors.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

from .base import BaseMonitor, EveryN, output_of


def _shown(names: dict[Any, Any], outputs: dict[Any, Any]) -> str:
    return ", ".join(f"{tag} = {output_of(outputs, name)}" for tag, name in names.items() if name in outputs)


class PrintTensor(EveryN):
    """Logs tensors, given by name, or by tag in a dictionary."""

    def __init__(self, tensor_names: Any, every_n: int = 100, first_n: int = 1) -> None:
        super().__init__(every_n, first_n)
        self._tensor_names: dict[Any, Any] = (
            tensor_names if isinstance(tensor_names, dict) else {item: item for item in tensor_names}
        )

    def every_n_step_begin(self, step: int) -> list[Any]:
        """The tensors."""
        super().every_n_step_begin(step)
        return list(self._tensor_names.values())

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> bool | None:
        """Log them."""
        super().every_n_step_end(step, outputs)
        tf.logging.info("Step %d: %s", step, _shown(self._tensor_names, outputs))
        return None


class LoggingTrainable(EveryN):
    """Logs all trainable variables of a scope."""

    def __init__(self, scope: str | None = None, every_n: int = 100, first_n: int = 1) -> None:
        super().__init__(every_n, first_n)
        self._scope = scope
        self._names: dict[Any, Any] = {}

    def every_n_step_begin(self, step: int) -> list[Any]:
        """Their values."""
        super().every_n_step_begin(step)
        variables = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope=self._scope)
        self._names = {var.name: var.value().name for var in variables}
        return list(self._names.values())

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> bool | None:
        """Log them."""
        super().every_n_step_end(step, outputs)
        tf.logging.info("Logging Trainable: Step %d: %s", step, _shown(self._names, outputs))
        return None


class CaptureVariable(EveryN):
    """Keeps the value of a tensor, given by name, of every N-th step."""

    def __init__(self, var_name: str, every_n: int = 100, first_n: int = 1) -> None:
        super().__init__(every_n, first_n)
        self._var_name = var_name
        self._var_values: dict[int, Any] = {}

    @property
    def values(self) -> dict[int, Any]:
        """The values by step."""
        return self._var_values

    def every_n_step_begin(self, step: int) -> list[Any]:
        """The tensor."""
        super().every_n_step_begin(step)
        return [self._var_name]

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> bool | None:
        """Keep it."""
        super().every_n_step_end(step, outputs)
        self._var_values[step] = output_of(outputs, self._var_name)
        return None


class SummarySaver(EveryN):
    """Writes a summary into ``output_dir``, by default the estimator's folder."""

    def __init__(
        self,
        summary_op: Any,
        save_steps: int = 100,
        output_dir: str | None = None,
        summary_writer: Any = None,
        scaffold: Any = None,
    ) -> None:
        super().__init__(every_n_steps=save_steps)
        self._summary_op = summary_op
        self._summary_writer = summary_writer
        if summary_writer is None and output_dir:
            self._summary_writer = tf.summary.FileWriter(output_dir)
        self._scaffold = scaffold

    def set_estimator(self, estimator: Any) -> None:
        """Find the folder."""
        super().set_estimator(estimator)
        if self._summary_writer is None:
            self._summary_writer = tf.summary.FileWriter(estimator.model_dir)

    def every_n_step_begin(self, step: int) -> list[Any]:
        """The summary."""
        super().every_n_step_begin(step)
        if self._summary_op is None and self._scaffold is not None:
            self._summary_op = self._scaffold.summary_op
        return [] if self._summary_op is None else [self._summary_op]

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> bool | None:
        """Write it."""
        super().every_n_step_end(step, outputs)
        if self._summary_op is not None and self._summary_writer:
            self._summary_writer.add_summary(output_of(outputs, self._summary_op), step)
        return False

    def end(self, session: Any = None) -> None:
        """Flush the file."""
        super().end(session=session)
        if self._summary_writer:
            self._summary_writer.flush()


class StepCounter(EveryN):
    """Writes steps per second as the summary "global_step/sec"."""

    def __init__(self, every_n_steps: int = 100, output_dir: str | None = None, summary_writer: Any = None) -> None:
        super().__init__(every_n_steps=every_n_steps)
        self._last: tuple[int, float] | None = None
        self._summary_writer = summary_writer
        if summary_writer is None and output_dir:
            self._summary_writer = tf.summary.FileWriterCache.get(output_dir)

    def set_estimator(self, estimator: Any) -> None:
        """Find the folder."""
        super().set_estimator(estimator)
        if self._summary_writer is None:
            self._summary_writer = tf.summary.FileWriterCache.get(estimator.model_dir)

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> bool | None:  # noqa: ARG002
        """Write the speed since the last time."""
        now = time.time()
        if self._last is not None and self._summary_writer:
            speed = (step - self._last[0]) / (now - self._last[1])
            summary = tf.Summary(value=[tf.Summary.Value(tag="global_step/sec", simple_value=speed)])
            self._summary_writer.add_summary(summary, step)
        self._last = step, now
        return None


class NanLossDuringTrainingError(RuntimeError):
    """The loss is not a number."""

    def __str__(self) -> str:
        return "NaN loss during training."


class NanLoss(EveryN):
    """Stops, with an error if ``fail_on_nan_loss``, when a loss is not a number."""

    def __init__(self, loss_tensor: Any, every_n_steps: int = 100, fail_on_nan_loss: bool = True) -> None:
        super().__init__(every_n_steps=every_n_steps)
        self._loss_tensor = loss_tensor
        self._fail_on_nan_loss = fail_on_nan_loss

    def every_n_step_begin(self, step: int) -> list[Any]:
        """The loss."""
        super().every_n_step_begin(step)
        return [self._loss_tensor]

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> bool | None:
        """Look at it."""
        super().every_n_step_end(step, outputs)
        if not np.isnan(output_of(outputs, self._loss_tensor)):
            return None
        tf.logging.error("Model diverged with loss = NaN.")
        if self._fail_on_nan_loss:
            raise NanLossDuringTrainingError
        return True


def get_default_monitors(
    loss_op: Any = None,
    summary_op: Any = None,
    save_summary_steps: int = 100,
    output_dir: str | None = None,
    summary_writer: Any = None,
) -> Sequence[BaseMonitor]:
    """Monitors that log a loss and write a summary, as far as they are given."""
    monitors: list[BaseMonitor] = []
    if loss_op is not None:
        monitors.append(PrintTensor(tensor_names={"loss": loss_op.name}))
    if summary_op is not None:
        monitors.append(SummarySaver(summary_op, save_summary_steps, output_dir, summary_writer))
    return monitors
