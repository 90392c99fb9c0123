"""The state of an attention wrapper.

Adapted from TensorFlow 1.15, contrib/seq2seq/python/ops/attention_wrapper.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf
from tensorflow.python.util import nest

from ..framework.tensor_util import with_same_shape


class AttentionWrapperState(NamedTuple):
    """State of an `AttentionWrapper`: of the cell, the last attention and alignments, the step, and the mechanisms' own.

    With several mechanisms the last three are tuples. ``alignment_history`` is a TensorArray, to be stacked, or ``()``.
    """

    cell_state: Any
    attention: Any
    time: Any
    alignments: Any
    alignment_history: Any
    attention_state: Any

    def clone(self, **kwargs: Any) -> AttentionWrapperState:
        """A copy with some fields replaced; ValueError for tensors of another shape."""

        def checked(old: Any, new: Any) -> Any:
            if isinstance(old, tf.Tensor) and isinstance(new, tf.Tensor):
                return with_same_shape(old, new)
            return new

        return nest.map_structure(checked, self, self._replace(**kwargs))  # type: ignore[no-any-return]
