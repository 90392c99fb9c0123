"""Several bidirectional layers, each of which sees both directions of the one below.

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/rnn.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["stack_bidirectional_dynamic_rnn", "stack_bidirectional_rnn"]


def stack_bidirectional_rnn(
    cells_fw: list[Any],
    cells_bw: list[Any],
    inputs: Any,
    initial_states_fw: list[Any] | None = None,
    initial_states_bw: list[Any] | None = None,
    dtype: Any = None,
    sequence_length: Any = None,
    scope: Any = None,
) -> tuple[Any, tuple[Any, ...], tuple[Any, ...]]:
    """Static layers over a list of ``[batch, n]``: outputs (a list), forward and backward states (one a layer).

    Raises:
      ValueError: cells or states are not lists of the same length.
    """

    def run(cell_fw: Any, cell_bw: Any, layer: Any, state_fw: Any, state_bw: Any, cell_scope: Any) -> Any:
        return tf.nn.static_bidirectional_rnn(
            cell_fw,
            cell_bw,
            layer,
            initial_state_fw=state_fw,
            initial_state_bw=state_bw,
            sequence_length=sequence_length,
            dtype=dtype,
            scope=cell_scope,
        )

    return _stack(cells_fw, cells_bw, inputs, initial_states_fw, initial_states_bw, scope, run)


def stack_bidirectional_dynamic_rnn(
    cells_fw: list[Any],
    cells_bw: list[Any],
    inputs: Any,
    initial_states_fw: list[Any] | None = None,
    initial_states_bw: list[Any] | None = None,
    dtype: Any = None,
    sequence_length: Any = None,
    parallel_iterations: int | None = None,
    time_major: bool = False,
    scope: Any = None,
    swap_memory: bool = False,
) -> tuple[Any, tuple[Any, ...], tuple[Any, ...]]:
    """Dynamic layers over ``[batch, time, n]``: outputs, forward and backward states (one a layer).

    Raises:
      ValueError: cells or states are not lists of the same length.
    """

    def run(cell_fw: Any, cell_bw: Any, layer: Any, state_fw: Any, state_bw: Any, _: Any) -> Any:
        outputs, (last_fw, last_bw) = tf.nn.bidirectional_dynamic_rnn(
            cell_fw,
            cell_bw,
            layer,
            initial_state_fw=state_fw,
            initial_state_bw=state_bw,
            sequence_length=sequence_length,
            parallel_iterations=parallel_iterations,
            dtype=dtype,
            swap_memory=swap_memory,
            time_major=time_major,
        )
        return tf.concat(outputs, 2), last_fw, last_bw

    return _stack(cells_fw, cells_bw, inputs, initial_states_fw, initial_states_bw, scope, run)


def _stack(
    cells_fw: list[Any],
    cells_bw: list[Any],
    inputs: Any,
    initial_states_fw: list[Any] | None,
    initial_states_bw: list[Any] | None,
    scope: Any,
    run: Callable[[Any, Any, Any, Any, Any, Any], Any],
) -> tuple[Any, tuple[Any, ...], tuple[Any, ...]]:
    """Feed each layer what ``run(cell_fw, cell_bw, layer, state_fw, state_bw, scope)`` made of the one below."""
    _check(cells_fw, cells_bw, initial_states_fw, initial_states_bw)
    states_fw, states_bw = [], []
    layer = inputs
    with tf.variable_scope(scope or "stack_bidirectional_rnn"):
        for i, (cell_fw, cell_bw) in enumerate(zip(cells_fw, cells_bw, strict=True)):
            start_fw = initial_states_fw[i] if initial_states_fw else None
            start_bw = initial_states_bw[i] if initial_states_bw else None
            with tf.variable_scope(f"cell_{i}") as cell_scope:
                layer, state_fw, state_bw = run(cell_fw, cell_bw, layer, start_fw, start_bw, cell_scope)
            states_fw.append(state_fw)
            states_bw.append(state_bw)
    return layer, tuple(states_fw), tuple(states_bw)


def _check(cells_fw: Any, cells_bw: Any, states_fw: Any, states_bw: Any) -> None:
    for which, cells in (("fw", cells_fw), ("bw", cells_bw)):
        if not cells:
            raise ValueError(f"Must specify at least one {which} cell for BidirectionalRNN.")
        if not isinstance(cells, list):
            raise ValueError(f"cells_{which} must be a list of RNNCells (one per layer).")
    if len(cells_fw) != len(cells_bw):
        raise ValueError("Forward and Backward cells must have the same depth.")
    for which, states in (("fw", states_fw), ("bw", states_bw)):
        if states is not None and (not isinstance(states, list) or len(states) != len(cells_fw)):
            raise ValueError(f"initial_states_{which} must be a list of state tensors (one per layer).")
