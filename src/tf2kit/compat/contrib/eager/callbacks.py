"""Functions that are called after each operation of eager code, for example to find infinities and NaN.

Adapted from TensorFlow 1.15, python/eager/execution_callbacks.py, Copyright 2017 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import contextlib
import enum
import functools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf
from tensorflow.python.framework import op_callbacks

__all__ = [
    "ExecutionCallback",
    "InfOrNanError",
    "add_execution_callback",
    "clear_execution_callbacks",
    "errstate",
    "inf_callback",
    "inf_nan_callback",
    "nan_callback",
    "seterr",
]
# (operation type, inputs, attributes, outputs, name) -> None
Callback = Callable[[str, Any, Any, Any, str | None], None]
_callbacks: list[Callback] = []


class ExecutionCallback(enum.Enum):
    """What to do about a value: ignore, print, raise or warn."""

    IGNORE = "ignore"
    PRINT = "print"
    RAISE = "raise"
    WARN = "warn"


class InfOrNanError(Exception):
    """An output has infinities or NaN."""

    def __init__(self, op_type: str, op_name: str | None, output_index: int, num_outputs: int, value: Any) -> None:
        self.op_type = op_type
        self.op_name = op_name
        self.output_index = output_index
        self.num_outputs = num_outputs
        self.value = value
        counts = {"inf(s)": np.count_nonzero(np.isinf(value)), "nan(s)": np.count_nonzero(np.isnan(value))}
        found = " and ".join(f"{count} {kind}" for kind, count in counts.items() if count)
        name = f"'{op_name}'" if op_name is not None else "None"
        super().__init__(
            f"Output {output_index + 1} of {num_outputs} of TFE operation {op_type} (name: {name}) contains {found} "
            f"out of a total of {np.size(value)} element(s). Tensor value: {value}"
        )


def inf_nan_callback(
    op_type: str,
    inputs: Any,  # noqa: ARG001 (what every callback is given)
    attrs: Any,  # noqa: ARG001
    outputs: Any,
    op_name: str | None,
    check_inf: bool = True,
    check_nan: bool = True,
    action: Any = ExecutionCallback.RAISE,
) -> None:
    """For `add_execution_callback`: report outputs with infinities or NaN.

    Raises:
      InfOrNanError: there are some, and ``action`` is to raise.
      ValueError: ``action`` is not to print, warn or raise.
    """
    action = ExecutionCallback(action)
    for index, output in enumerate(outputs):
        if not (output.dtype.is_floating or output.dtype.is_complex):
            continue
        value = output.numpy()
        if not ((check_inf and np.any(np.isinf(value))) or (check_nan and np.any(np.isnan(value)))):
            continue
        error = InfOrNanError(op_type, op_name, index, len(outputs), value)
        if action == ExecutionCallback.PRINT:
            print(f"Warning: {error}")
        elif action == ExecutionCallback.WARN:
            tf.logging.warn(str(error))
        elif action == ExecutionCallback.RAISE:
            raise error
        else:
            raise ValueError(f"Invalid action for inf_nan_callback: {action}. Valid actions are: PRINT, WARN, RAISE")


def inf_callback(
    op_type: str, inputs: Any, attrs: Any, outputs: Any, op_name: str | None, action: Any = ExecutionCallback.RAISE
) -> None:
    """`inf_nan_callback` for infinities only."""
    inf_nan_callback(op_type, inputs, attrs, outputs, op_name, check_nan=False, action=action)


def nan_callback(
    op_type: str, inputs: Any, attrs: Any, outputs: Any, op_name: str | None, action: Any = ExecutionCallback.RAISE
) -> None:
    """`inf_nan_callback` for NaN only."""
    inf_nan_callback(op_type, inputs, attrs, outputs, op_name, check_inf=False, action=action)


def _call_all(
    op_type: str, inputs: Any, attrs: Any, outputs: Any, op_name: str | None = None, graph: Any = None
) -> None:
    # operations that are only put into a graph have no values yet
    if graph is None:
        for callback in list(_callbacks):
            callback(op_type, inputs, attrs, outputs, op_name)


def add_execution_callback(callback: Callback) -> None:
    """Call ``callback(op_type, inputs, attrs, outputs, op_name)`` after each operation that runs eagerly."""
    if not _callbacks:
        op_callbacks.add_op_callback(_call_all)
    _callbacks.append(callback)


def clear_execution_callbacks() -> None:
    """Forget all callbacks."""
    if _callbacks:
        op_callbacks.remove_op_callback(_call_all)
        _callbacks.clear()


def seterr(inf_or_nan: Any = None) -> dict[str, ExecutionCallback]:
    """Say what to do about infinities and NaN; None only asks.

    Returns:
      The setting before, with the key ``inf_or_nan``.
    """
    old = ExecutionCallback.IGNORE
    others = []
    for callback in _callbacks:
        if callback is inf_nan_callback:
            old = ExecutionCallback.RAISE
        elif isinstance(callback, functools.partial) and callback.func is inf_nan_callback:
            old = ExecutionCallback(callback.keywords.get("action", ExecutionCallback.RAISE))
        else:
            others.append(callback)
    if inf_or_nan is not None:
        action = ExecutionCallback(inf_or_nan)
        clear_execution_callbacks()
        for callback in others:
            add_execution_callback(callback)
        if action != ExecutionCallback.IGNORE:
            add_execution_callback(functools.partial(inf_nan_callback, action=action))
    return {"inf_or_nan": old}


@contextlib.contextmanager
def errstate(inf_or_nan: Any = None) -> Iterator[None]:
    """`seterr` for a block; nothing in a graph."""
    if not tf.executing_eagerly():
        yield
        return
    old = seterr(inf_or_nan=inf_or_nan)
    yield
    seterr(**old)
