"""The variables of embedding columns, and look-ups in them.

Adapted from TensorFlow 1.15, contrib/layers/python/layers/feature_column.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.ops.variables import PartitionedVariable
from tf_slim.ops.variables import model_variable

from ..embedding_ops import safe_embedding_lookup_sparse
from ..scattered_embedding import scattered_embedding_lookup_sparse
from .base import DeepLookup, inner_flatten


def embeddings_of(
    column: Any, lookup: DeepLookup, weight_collections: Any, trainable: bool, output_rank: int = 2
) -> Any:
    """Dense embeddings ``[batch, …, dimension]`` of a column's sparse ids.

    Raises:
      ValueError: a shared embedding is there already with another shape.
    """
    ids = inner_flatten(lookup.input_tensor, output_rank)
    weights = None if lookup.weight_tensor is None else inner_flatten(lookup.weight_tensor, output_rank)
    settings = {
        "dtype": tf.float32,
        "initializer": lookup.initializer,
        "trainable": trainable and lookup.trainable,
        "collections": weight_collections,
    }
    if lookup.hash_key:
        params = model_variable(name="weights", shape=[lookup.vocab_size], **settings)
        return scattered_embedding_lookup_sparse(
            params, ids, lookup.dimension, hash_key=lookup.hash_key, combiner=lookup.combiner, name="lookup"
        )
    shape = [lookup.vocab_size, lookup.dimension]
    if lookup.shared_embedding_name is None:
        embeddings = model_variable(name="weights", shape=shape, **settings)
    else:
        embeddings = _shared(lookup.shared_embedding_name, shape, settings)
    parts = parts_of(embeddings)
    restore(column._checkpoint_path(), parts)
    return safe_embedding_lookup_sparse(
        parts,
        ids,
        sparse_weights=weights,
        combiner=lookup.combiner,
        name=column.name + "weights",
        max_norm=lookup.max_norm,
    )


def _shared(name: str, shape: list[int], settings: dict[str, Any]) -> Any:
    found = tf.get_collection_ref("SHARED_EMBEDDING_COLLECTION_" + name.upper())
    if not found:
        found.append(model_variable(name=name, shape=shape, **settings))
    elif found[0].get_shape().as_list() != shape:
        raise ValueError(
            f"The embedding variable with name {name} already exists, but its shape does not match required embedding shape "
            "here. Please make sure to use different shared_embedding_name for different shared embeddings."
        )
    return found[0]


def parts_of(variable: Any) -> list[Any]:
    """The parts of a partitioned variable; another one alone."""
    return list(variable) if isinstance(variable, PartitionedVariable) else [variable]


def restore(path: tuple[str, str] | None, parts: list[Any]) -> None:
    """Let the variable start with a value of a checkpoint."""
    if path is not None:
        tf.train.init_from_checkpoint(path[0], {path[1]: parts[0] if len(parts) == 1 else parts})
