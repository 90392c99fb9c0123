"""Embedding lookups of tf.contrib.layers.

``embedding_lookup_unique`` is adapted from TensorFlow 1.15, contrib/layers/python/layers/embedding_ops.py,
Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from .scattered_embedding import scattered_embedding_lookup, scattered_embedding_lookup_sparse

__all__ = [
    "embedding_lookup_unique",
    "safe_embedding_lookup_sparse",
    "scattered_embedding_lookup",
    "scattered_embedding_lookup_sparse",
]


def safe_embedding_lookup_sparse(
    embedding_weights: Any,
    sparse_ids: Any,
    sparse_weights: Any = None,
    combiner: str | None = None,
    default_id: int | None = None,
    name: str | None = None,
    partition_strategy: str = "div",
    max_norm: float | None = None,
) -> Any:
    """Embeddings of sparse ids ``[d_0, …, d_n]`` combined along the last dimension; rows without valid ids get ``default_id`` or zeros."""
    return tf.nn.safe_embedding_lookup_sparse(
        embedding_weights,
        sparse_ids,
        sparse_weights=sparse_weights,
        combiner=combiner or "mean",
        default_id=default_id,
        name=name,
        partition_strategy=partition_strategy,
        max_norm=max_norm,
    )


def embedding_lookup_unique(params: Any, ids: Any, partition_strategy: str = "mod", name: str | None = None) -> Any:
    """Like ``tf.nn.embedding_lookup`` for ids of any shape; each id is looked up once."""
    with tf.name_scope(name, "EmbeddingLookupUnique", [params, ids]):
        ids = tf.convert_to_tensor(ids)
        shape = tf.shape(ids)
        unique_ids, idx = tf.unique(tf.reshape(ids, tf.reduce_prod(shape, keepdims=True)))
        unique_embeddings = tf.nn.embedding_lookup(params, unique_ids, partition_strategy)
        embed_shape = tf.concat([shape, tf.shape(unique_embeddings)[1:]], 0)
        embeds = tf.reshape(tf.gather(unique_embeddings, idx), embed_shape)
        embeds.set_shape(ids.get_shape().concatenate(unique_embeddings.get_shape()[1:]))
        return embeds
