"""Crosses of sparse features: every combination of their values in a row, as text or hashed."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY", "sparse_feature_cross"]

SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY = 956888297470
# the seed and the constant of the first hash; TensorFlow 1.15's kernel for it is gone, and TensorFlow has only the second one, with keys
_SEED = 0xDECAFCAFFE
_STEP = 0x9E3779B97F4A7800 - (1 << 64)
_LARGEST = (1 << 63) - 1


def sparse_feature_cross(
    inputs: list[Any],
    hashed_output: bool = False,
    num_buckets: int = 0,
    name: str | None = None,
    hash_key: int | None = None,
) -> Any:
    """All combinations of the values in each row of sparse or dense tensors ``[batch, …]`` of texts or integers.

    Args:
      inputs: the tensors.
      hashed_output: int64 hashes; otherwise texts, joined by ``_X_``.
      num_buckets: hashes are taken modulo this, if it is not 0.
      name: of the operation.
      hash_key: chooses the hash of tf.sparse.cross_hashed with this key instead of the first one of tf.contrib.

    Raises:
      TypeError: the inputs are not a list of tensors.
    """
    if not isinstance(inputs, list):
        raise TypeError("Inputs must be a list")
    if not all(isinstance(i, (tf.SparseTensor, tf.Tensor)) for i in inputs):
        raise TypeError("All inputs must be SparseTensors")
    sparse = [_typed(i) for i in inputs if isinstance(i, tf.SparseTensor)]
    dense = [_typed(i) for i in inputs if not isinstance(i, tf.SparseTensor)]
    if hashed_output and not hash_key:
        return _first_hash(sparse, dense, num_buckets, name)
    return _cross(sparse, dense, hashed_output, num_buckets, hash_key or 0, name)


def _typed(tensor: Any) -> Any:
    return tensor if tensor.dtype == tf.string else tf.cast(tensor, tf.int64)


def _cross(sparse: list[Any], dense: list[Any], hashed: bool, num_buckets: int, hash_key: int, name: str | None) -> Any:
    texts = all(i.dtype == tf.string for i in (*sparse, *dense))
    return tf.SparseTensor(
        *tf.raw_ops.SparseCross(
            indices=[i.indices for i in sparse],
            values=[i.values for i in sparse],
            shapes=[i.dense_shape for i in sparse],
            dense_inputs=dense,
            hashed_output=hashed,
            num_buckets=num_buckets,
            hash_key=hash_key,
            out_type=tf.int64 if hashed else tf.string,
            internal_type=tf.string if texts else tf.int64,
            name=name,
        )
    )


def _first_hash(sparse: list[Any], dense: list[Any], num_buckets: int, name: str | None) -> Any:
    """The hash of SparseFeatureCross: fingerprints of the values, combined one after the other."""
    with tf.name_scope(name, "SparseFeatureCross"):
        hashes = [_fingerprints(i.values) for i in sparse] + [_fingerprints(tf.reshape(i, [-1])) for i in dense]
        # crossing the places of the values tells which of them meet
        places = [tf.SparseTensor(i.indices, _count(i.values), i.dense_shape) for i in sparse]
        crossed = _cross(places, [tf.reshape(_count(i), tf.shape(i)) for i in dense], False, 0, 0, None)
        met = tf.strings.to_number(tf.strings.split(crossed.values, "_X_").values, tf.int64)
        met = tf.reshape(met, [-1, len(hashes)])
        combined = tf.fill([tf.shape(met)[0]], tf.constant(_SEED, tf.int64))
        for column, values in enumerate(hashes):
            combined = _combine(combined, tf.gather(values, met[:, column]))
        limit = tf.constant(num_buckets or _LARGEST, tf.uint64)
        buckets = tf.cast(tf.raw_ops.FloorMod(x=tf.bitcast(combined, tf.uint64), y=limit), tf.int64)
        return tf.SparseTensor(crossed.indices, tf.stop_gradient(buckets), crossed.dense_shape)


def _count(tensor: Any) -> Any:
    return tf.range(tf.size(tensor, out_type=tf.int64))


def _fingerprints(values: Any) -> Any:
    """int64 ``[n]``: the integers themselves, or hashes of texts."""
    if values.dtype != tf.string:
        return values
    # a column of its own: a row of several texts would be one hash
    found = tf.fingerprint(tf.expand_dims(values, 1), "farmhash64")
    return tf.reshape(tf.bitcast(found, tf.int64), [-1])


def _combine(a: Any, b: Any) -> Any:
    shifted = tf.bitwise.left_shift(a, tf.constant(10, tf.int64)) + tf.bitwise.right_shift(a, tf.constant(4, tf.int64))
    return tf.bitwise.bitwise_xor(a, b + tf.constant(_STEP, tf.int64) + shifted)
