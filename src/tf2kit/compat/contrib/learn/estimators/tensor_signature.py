"""Types and shapes of features and labels: an estimator remembers those that it was first given.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/tensor_signature.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf


class _Fields(NamedTuple):
    dtype: Any
    shape: Any
    is_sparse: bool


class TensorSignature(_Fields):
    """Type and shape of a tensor; a sparse one has no shape here."""

    def __new__(cls, tensor: Any) -> TensorSignature:
        """Look at the tensor."""
        if isinstance(tensor, tf.SparseTensor):
            return super().__new__(cls, dtype=tensor.values.dtype, shape=None, is_sparse=True)
        return super().__new__(cls, dtype=tensor.dtype, shape=tensor.get_shape(), is_sparse=False)

    def is_compatible_with(self, other: TensorSignature) -> bool:
        """Same type and sparseness, and a shape that fits but for the size of the batch."""
        if not self.dtype.is_compatible_with(other.dtype) or self.is_sparse != other.is_sparse:
            return False
        return self.is_sparse or _fit_behind_the_first(self.shape, other.shape)

    def get_placeholder(self) -> Any:
        """A placeholder for such a tensor with any size of the batch."""
        if self.is_sparse:
            return tf.sparse_placeholder(dtype=self.dtype)
        return tf.placeholder(dtype=self.dtype, shape=[None, *self.shape[1:]])

    def get_feature_spec(self) -> Any:
        """How to parse such a tensor from an Example, which holds int64 and float32 only."""
        dtype = {tf.int32: tf.int64, tf.float64: tf.float32}.get(self.dtype, self.dtype)
        if self.is_sparse:
            return tf.VarLenFeature(dtype=dtype)
        return tf.FixedLenFeature(shape=self.shape[1:], dtype=dtype)


def _fit_behind_the_first(this: Any, other: Any) -> bool:
    if this.dims is None or other.dims is None:
        return True
    if this.ndims != other.ndims:
        return False
    return all(x.is_compatible_with(y) for x, y in zip(this.dims[1:], other.dims[1:], strict=True))


def tensors_compatible(tensors: Any, signatures: Any) -> bool:
    """Whether a tensor, a dictionary of tensors or None fits the signatures; more keys than those are allowed."""
    if tensors is None:
        return signatures is None
    if isinstance(tensors, dict):
        return isinstance(signatures, dict) and all(
            key in tensors and TensorSignature(tensors[key]).is_compatible_with(signature)
            for key, signature in signatures.items()
        )
    if signatures is None or isinstance(signatures, dict):
        return False
    return TensorSignature(tensors).is_compatible_with(signatures)


def create_signatures(tensors: Any) -> Any:
    """A signature for each tensor, in the same structure."""
    if isinstance(tensors, dict):
        return {key: TensorSignature(value) for key, value in tensors.items()}
    return None if tensors is None else TensorSignature(tensors)


def create_placeholders_from_signatures(signatures: Any) -> Any:
    """A placeholder for each signature, in the same structure."""
    if isinstance(signatures, dict):
        return {key: signature.get_placeholder() for key, signature in signatures.items()}
    return None if signatures is None else signatures.get_placeholder()


def create_example_parser_from_signatures(
    signatures: Any, examples_batch: Any, single_feature_name: str = "feature"
) -> Any:
    """Features of these signatures, parsed from serialized Examples ``[batch]``; a single one is called ``single_feature_name``."""
    single = not isinstance(signatures, dict)
    named = {single_feature_name: signatures} if single else signatures
    features = tf.parse_example(examples_batch, {key: s.get_feature_spec() for key, s in named.items()})
    for name, signature in named.items():
        if not signature.dtype.is_compatible_with(features[name].dtype):
            features[name] = tf.cast(features[name], signature.dtype)
    return features[single_feature_name] if single else features
