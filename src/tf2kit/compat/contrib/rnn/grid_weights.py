"""One block's variables and step of the grid LSTM cells.

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/rnn_cell.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import tensorflow.compat.v1 as tf

from .lstm_step import clip, sharded_variable

__all__ = ["BlockWeights"]
# gate -> its diagonals for c over frequency and over time
Peepholes = dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class _Direction:
    """Weights of the LSTM over time or of the one over frequency."""

    weights: Any
    bias: Any
    peepholes: Peepholes | None

    def gates(self, cell_inputs: Any, coupled: bool) -> dict[str, Any]:
        matrix = tf.nn.bias_add(tf.matmul(cell_inputs, self.weights), self.bias)
        names = "ijo" if coupled else "ijfo"
        return dict(zip(names, tf.split(matrix, len(names), 1), strict=True))

    def gate(self, name: str, value: Any, c_freq: Any, c_time: Any) -> Any:
        """The gate after its peepholes and its non-linearity."""
        if self.peepholes:
            over_freq, over_time = self.peepholes[name]
            value = value + over_freq * c_freq + over_time * c_time
        return tf.sigmoid(value)


@dataclass(frozen=True)
class BlockWeights:
    """The settings of a grid LSTM cell that concern the step in one block."""

    num_units: int
    use_peepholes: bool
    share: bool
    cell_clip: float | None
    num_unit_shards: int
    forget_bias: float
    coupled: bool

    def make(self, block: int, width: int, dtype: Any) -> Callable[..., tuple[Any, Any, Any, Any]]:
        """Make the block's variables, in the order of 1.15.

        Returns:
          A function from (window, c and m over time, c and m over frequency) to new (c, m) over time and over frequency.
        """
        matrices = {"freq": self._matrix("f", block, width, dtype)}
        if not self.share:
            matrices["time"] = self._matrix("t", block, width, dtype)
        directions = {
            name: _Direction(*matrix, self._peepholes(name, block, dtype) if self.use_peepholes else None)
            for name, matrix in matrices.items()
        }
        freq, time = directions["freq"], directions.get("time", directions["freq"])

        def step(window: Any, c_time: Any, m_time: Any, c_freq: Any, m_freq: Any) -> tuple[Any, Any, Any, Any]:
            cell_inputs = tf.concat([window, m_time, m_freq], 1)
            gates_freq = freq.gates(cell_inputs, self.coupled)
            gates_time = gates_freq if self.share else time.gates(cell_inputs, self.coupled)
            new_c_freq = self._new_c(freq, gates_freq, c_freq, c_freq, c_time)
            new_c_time = self._new_c(time, gates_time, c_time, c_freq, c_time)
            new_m_freq = freq.gate("o", gates_freq["o"], new_c_freq, new_c_time) * tf.tanh(new_c_freq)
            new_m_time = time.gate("o", gates_time["o"], new_c_freq, new_c_time) * tf.tanh(new_c_time)
            return new_c_time, new_m_time, new_c_freq, new_m_freq

        return step

    def _new_c(self, direction: _Direction, gates: dict[str, Any], c_prev: Any, c_freq: Any, c_time: Any) -> Any:
        i = direction.gate("i", gates["i"], c_freq, c_time)
        f = 1.0 - i if self.coupled else direction.gate("f", gates["f"] + self.forget_bias, c_freq, c_time)
        return clip(f * c_prev + i * tf.tanh(gates["j"]), self.cell_clip)

    def _matrix(self, letter: str, block: int, width: int, dtype: Any) -> tuple[Any, Any]:
        columns = (3 if self.coupled else 4) * self.num_units
        shape = [width + 2 * self.num_units, columns]
        weights = sharded_variable(f"W_{letter}_{block}", shape, dtype, self.num_unit_shards)
        zeros = tf.zeros_initializer()
        return weights, tf.get_variable(f"B_{letter}_{block}", shape=[columns], initializer=zeros, dtype=dtype)

    def _peepholes(self, direction: str, block: int, dtype: Any) -> Peepholes:
        def diagonal(gate: str, over: str) -> Any:
            return tf.get_variable(f"W_{gate}_diag_{direction}{over}_{block}", shape=[self.num_units], dtype=dtype)

        gates = "IO" if self.coupled else "FIO"
        return {gate.lower(): (diagonal(gate, "f"), diagonal(gate, "t")) for gate in gates}
