"""What an attention wrapper is made of: mechanisms, their layers, and the function that joins them.

Adapted from TensorFlow 1.15, contrib/seq2seq/python/ops/attention_wrapper.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from .attention_base import AttentionMechanism


def _compute_attention(
    attention_mechanism: Any, cell_output: Any, attention_state: Any, attention_layer: Any
) -> tuple[Any, Any, Any]:
    """``(attention, alignments, next_attention_state)``: the context, through the layer with the cell's output if there is one."""
    alignments, next_state = attention_mechanism(cell_output, state=attention_state)
    # [batch, 1, time] times [batch, time, size]
    context = tf.squeeze(tf.matmul(tf.expand_dims(alignments, 1), attention_mechanism.values), [1])
    if attention_layer is None:
        return context, alignments, next_state
    return attention_layer(tf.concat([cell_output, context], 1)), alignments, next_state


def mechanisms_of(given: Any) -> tuple[Any, ...]:
    """The mechanism, or the list of them, as a tuple; TypeError for anything else."""
    several = isinstance(given, list | tuple)
    mechanisms = tuple(given) if several else (given,)
    for mechanism in mechanisms:
        if not isinstance(mechanism, AttentionMechanism):
            kind = type(mechanism).__name__
            raise TypeError(
                f"attention_mechanism must contain only instances of AttentionMechanism, saw type: {kind}"
                if several
                else "attention_mechanism must be an AttentionMechanism or list of multiple AttentionMechanism "
                f"instances, saw type: {kind}"
            )
    return mechanisms


def layers_of(cell: Any, mechanisms: tuple[Any, ...], sizes: Any, layers: Any) -> tuple[tuple[Any, ...] | None, int]:
    """Layers, one for each mechanism, made for the sizes or given, or None; and the width of all attentions together.

    Raises:
      ValueError: sizes and layers, or other numbers of them than of mechanisms.
    """
    if sizes is not None and layers is not None:
        raise ValueError("Only one of attention_layer_size and attention_layer should be set")
    if sizes is not None:
        sizes = tuple(sizes if isinstance(sizes, list | tuple) else (sizes,))
        _check_number("attention_layer_size", "integer", sizes, mechanisms)
        made = tuple(
            tf.layers.Dense(size, name="attention_layer", use_bias=False, dtype=mechanism.dtype)
            for size, mechanism in zip(sizes, mechanisms, strict=True)
        )
        return made, sum(sizes)
    if layers is None:
        return None, sum(_depth(m) for m in mechanisms)
    layers = tuple(layers if isinstance(layers, list | tuple) else (layers,))
    _check_number("attention_layer", "layer", layers, mechanisms)
    shapes = [
        layer.compute_output_shape([None, cell.output_size + _depth(m)])
        for layer, m in zip(layers, mechanisms, strict=True)
    ]
    return layers, sum(tf.dimension_value(shape[-1]) for shape in shapes)


def _check_number(argument: str, what: str, given: tuple[Any, ...], mechanisms: tuple[Any, ...]) -> None:
    if len(given) != len(mechanisms):
        raise ValueError(
            f"If provided, {argument} must contain exactly one {what} per attention_mechanism, "
            f"saw: {len(given)} vs {len(mechanisms)}"
        )


def _depth(mechanism: Any) -> int:
    depth: int = tf.dimension_value(mechanism.values.shape[-1])
    return depth
