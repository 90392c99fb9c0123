"""The attention mechanisms of Bahdanau and Luong, with free and with monotonic alignments.

Adapted from TensorFlow 1.15, contrib/seq2seq/python/ops/attention_wrapper.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.

All are called with a query ``[batch, query_depth]`` and a state ``[batch, time]``, the alignments of the step before, and give
alignments ``[batch, time]`` twice: as what they are, and as the next state. Variables are made at the call, in the current scope.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

from .attention_base import _BaseAttentionMechanism, _BaseMonotonicAttentionMechanism
from .attention_scores import _bahdanau_score, _luong_score, _monotonic_probability_fn

__all__ = ["BahdanauAttention", "BahdanauMonotonicAttention", "LuongAttention", "LuongMonotonicAttention"]


def _dense(num_units: Any, name: str, dtype: Any) -> Any:
    return tf.layers.Dense(num_units, name=name, use_bias=False, dtype=tf.float32 if dtype is None else dtype)


def _of_score(probability_fn: Callable[[Any], Any] | None) -> Callable[[Any, Any], Any]:
    """A function of a score alone, softmax if None, that ignores the previous alignments."""
    function = tf.nn.softmax if probability_fn is None else probability_fn
    return lambda score, _: function(score)


def _scored_by_luong(query: Any, keys: Any, scale: bool) -> Any:
    g = None
    if scale:
        g = tf.get_variable("attention_g", dtype=query.dtype, initializer=tf.ones_initializer, shape=())
    return _luong_score(query, keys, g)


def _scored_by_bahdanau(query: Any, processed_query: Any, keys: Any, num_units: Any, normalize: bool) -> Any:
    v = tf.get_variable("attention_v", [num_units], dtype=query.dtype)
    g = b = None
    if normalize:
        start = tf.constant_initializer(math.sqrt(1.0 / num_units))
        g = tf.get_variable("attention_g", dtype=query.dtype, initializer=start, shape=())
        b = tf.get_variable("attention_b", [num_units], dtype=query.dtype, initializer=tf.zeros_initializer())
    return _bahdanau_score(processed_query, keys, v, attention_g=g, attention_b=b)


class LuongAttention(_BaseAttentionMechanism):
    """Multiplicative attention (https://arxiv.org/abs/1508.04025): queries must have ``num_units``.

    Args:
      memory: ``[batch, time, …]``, as the arguments without description in `_BaseAttentionMechanism`.
      scale: multiply scores by a variable ``attention_g``.
      probability_fn: of a score: gives probabilities; softmax if None.
      dtype: of the memory layer; float32 if None.
    """

    def __init__(
        self,
        num_units: Any,
        memory: Any,
        memory_sequence_length: Any = None,
        scale: bool = False,
        probability_fn: Callable[[Any], Any] | None = None,
        score_mask_value: Any = None,
        dtype: Any = None,
        custom_key_value_fn: Callable[[Any, Any], Any] | None = None,
        name: str = "LuongAttention",
    ) -> None:
        super().__init__(
            query_layer=None,
            memory_layer=_dense(num_units, "memory_layer", dtype),
            memory=memory,
            probability_fn=_of_score(probability_fn),
            memory_sequence_length=memory_sequence_length,
            score_mask_value=score_mask_value,
            custom_key_value_fn=custom_key_value_fn,
            name=name,
        )
        self._num_units = num_units
        self._scale = scale
        self._name = name

    def __call__(self, query: Any, state: Any) -> tuple[Any, Any]:
        """Alignments, and the same as next state."""
        with tf.variable_scope(None, "luong_attention", [query]):
            score = _scored_by_luong(query, self._keys, self._scale)
        alignments = self._probability_fn(score, state)
        return alignments, alignments


class BahdanauAttention(_BaseAttentionMechanism):
    """Additive attention (https://arxiv.org/abs/1409.0473).

    Args:
      memory: ``[batch, time, …]``, as the arguments without description in `_BaseAttentionMechanism`.
      normalize: normalize the weights (https://arxiv.org/abs/1602.07868), with variables ``attention_g`` and ``attention_b``.
      probability_fn: of a score: gives probabilities; softmax if None.
      dtype: of the layers; float32 if None.
    """

    def __init__(
        self,
        num_units: Any,
        memory: Any,
        memory_sequence_length: Any = None,
        normalize: bool = False,
        probability_fn: Callable[[Any], Any] | None = None,
        score_mask_value: Any = None,
        dtype: Any = None,
        custom_key_value_fn: Callable[[Any, Any], Any] | None = None,
        name: str = "BahdanauAttention",
    ) -> None:
        super().__init__(
            query_layer=_dense(num_units, "query_layer", dtype),
            memory_layer=_dense(num_units, "memory_layer", dtype),
            memory=memory,
            probability_fn=_of_score(probability_fn),
            custom_key_value_fn=custom_key_value_fn,
            memory_sequence_length=memory_sequence_length,
            score_mask_value=score_mask_value,
            name=name,
        )
        self._num_units = num_units
        self._normalize = normalize
        self._name = name

    def __call__(self, query: Any, state: Any) -> tuple[Any, Any]:
        """Alignments, and the same as next state."""
        with tf.variable_scope(None, "bahdanau_attention", [query]):
            processed = self.query_layer(query) if self.query_layer else query
            score = _scored_by_bahdanau(query, processed, self._keys, self._num_units, self._normalize)
        alignments = self._probability_fn(score, state)
        return alignments, alignments


class LuongMonotonicAttention(_BaseMonotonicAttentionMechanism):
    """`LuongAttention` that never goes back (https://arxiv.org/abs/1704.00784).

    Args:
      sigmoid_noise: deviation of noise on scores, drawn with ``sigmoid_noise_seed``; see `_monotonic_probability_fn`.
      score_bias_init: start of the variable ``attention_score_bias``; negative for long memories.
      mode: see `monotonic_attention`.
    """

    def __init__(
        self,
        num_units: Any,
        memory: Any,
        memory_sequence_length: Any = None,
        scale: bool = False,
        score_mask_value: Any = None,
        sigmoid_noise: float = 0.0,
        sigmoid_noise_seed: int | None = None,
        score_bias_init: Any = 0.0,
        mode: str = "parallel",
        dtype: Any = None,
        name: str = "LuongMonotonicAttention",
    ) -> None:
        super().__init__(
            query_layer=None,
            memory_layer=_dense(num_units, "memory_layer", dtype),
            memory=memory,
            probability_fn=functools.partial(
                _monotonic_probability_fn, sigmoid_noise=sigmoid_noise, mode=mode, seed=sigmoid_noise_seed
            ),
            memory_sequence_length=memory_sequence_length,
            score_mask_value=score_mask_value,
            name=name,
        )
        self._num_units = num_units
        self._scale = scale
        self._score_bias_init = score_bias_init
        self._name = name

    def __call__(self, query: Any, state: Any) -> tuple[Any, Any]:
        """Alignments, and the same as next state."""
        with tf.variable_scope(None, "luong_monotonic_attention", [query]):
            score = _scored_by_luong(query, self._keys, self._scale)
            score += tf.get_variable("attention_score_bias", dtype=query.dtype, initializer=self._score_bias_init)
        alignments = self._probability_fn(score, state)
        return alignments, alignments


class BahdanauMonotonicAttention(_BaseMonotonicAttentionMechanism):
    """`BahdanauAttention` that never goes back; further arguments as `LuongMonotonicAttention`."""

    def __init__(
        self,
        num_units: Any,
        memory: Any,
        memory_sequence_length: Any = None,
        normalize: bool = False,
        score_mask_value: Any = None,
        sigmoid_noise: float = 0.0,
        sigmoid_noise_seed: int | None = None,
        score_bias_init: Any = 0.0,
        mode: str = "parallel",
        dtype: Any = None,
        name: str = "BahdanauMonotonicAttention",
    ) -> None:
        super().__init__(
            query_layer=_dense(num_units, "query_layer", dtype),
            memory_layer=_dense(num_units, "memory_layer", dtype),
            memory=memory,
            probability_fn=functools.partial(
                _monotonic_probability_fn, sigmoid_noise=sigmoid_noise, mode=mode, seed=sigmoid_noise_seed
            ),
            memory_sequence_length=memory_sequence_length,
            score_mask_value=score_mask_value,
            name=name,
        )
        self._num_units = num_units
        self._normalize = normalize
        self._name = name
        self._score_bias_init = score_bias_init

    def __call__(self, query: Any, state: Any) -> tuple[Any, Any]:
        """Alignments, and the same as next state."""
        with tf.variable_scope(None, "bahdanau_monotonic_attention", [query]):
            processed = self.query_layer(query) if self.query_layer else query
            score = _scored_by_bahdanau(query, processed, self._keys, self._num_units, self._normalize)
            bias = tf.get_variable("attention_score_bias", dtype=processed.dtype, initializer=self._score_bias_init)
            score += bias
        alignments = self._probability_fn(score, state)
        return alignments, alignments
