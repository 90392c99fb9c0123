"""Columns of numbers.

Adapted from TensorFlow 1.15, contrib/layers/python/layers/feature_column.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf

from .base import DenseColumn, _FeatureColumn, reshape_real_valued_tensor

Normalizer = Callable[[Any], Any]


class _RealValuedFields(NamedTuple):
    column_name: str
    dimension: int
    default_value: tuple[Any, ...] | None
    dtype: Any
    normalizer: Normalizer | None


class _RealValuedColumn(_FeatureColumn, DenseColumn, _RealValuedFields):  # type: ignore[misc]
    """A fixed number of numbers."""

    @property
    def name(self) -> str:
        """Name of the feature."""
        return self.column_name

    @property
    def config(self) -> dict[str, Any]:
        """Values of this dimension."""
        default = None if self.default_value is None else list(self.default_value)
        return {self.column_name: tf.FixedLenFeature([self.dimension], self.dtype, default)}

    @property
    def key(self) -> str:
        """The column without its normalizer."""
        return self._key_without_properties(["normalizer"])

    @property
    def normalizer_fn(self) -> Normalizer | None:
        """What the values go through first."""
        return self.normalizer

    def insert_transformed_feature(self, columns_to_tensors: dict[Any, Any]) -> None:
        """Add the values, normalized, as float32."""
        columns_to_tensors[self] = tf.cast(self._normalized(columns_to_tensors[self.name]), tf.float32)

    def _normalized(self, tensor: Any) -> Any:
        return tensor if self.normalizer is None else self.normalizer(tensor)

    def _to_dnn_input_layer(
        self,
        input_tensor: Any,
        weight_collections: Any = None,  # noqa: ARG002
        trainable: bool = True,  # noqa: ARG002
        output_rank: int = 2,
    ) -> Any:
        tensor = self._to_dense_tensor(input_tensor)
        return reshape_real_valued_tensor(tf.cast(tensor, tf.float32), output_rank, self.name)

    def _to_dense_tensor(self, input_tensor: Any) -> Any:
        return input_tensor

    @property
    def _variable_shape(self) -> Any:
        return tf.TensorShape([self.dimension])

    def _get_dense_tensor(self, inputs: Any, weight_collections: Any = None, trainable: Any = None) -> Any:  # noqa: ARG002
        return inputs.get(self)

    def _transform_feature(self, inputs: Any) -> Any:
        return tf.cast(self._normalized(inputs.get(self.name)), tf.float32)


class _VarLenFields(NamedTuple):
    column_name: str
    default_value: Any
    dtype: Any
    normalizer: Normalizer | None
    is_sparse: bool


class _RealValuedVarLenColumn(_FeatureColumn, _VarLenFields):  # type: ignore[misc]
    """Any number of numbers, padded unless it is sparse."""

    @property
    def name(self) -> str:
        """Name of the feature."""
        return self.column_name

    @property
    def config(self) -> dict[str, Any]:
        """A list of values."""
        if self.is_sparse:
            return {self.column_name: tf.VarLenFeature(self.dtype)}
        padded = tf.FixedLenSequenceFeature([], self.dtype, allow_missing=True, default_value=self.default_value)
        return {self.column_name: padded}

    @property
    def key(self) -> str:
        """The column without its normalizer."""
        return self._key_without_properties(["normalizer"])

    @property
    def normalizer_fn(self) -> Normalizer | None:
        """What the values go through first."""
        return self.normalizer

    def insert_transformed_feature(self, columns_to_tensors: dict[Any, Any]) -> None:
        """Add the values, normalized, as float32."""
        tensor = columns_to_tensors[self.name]
        if self.normalizer is not None and self.is_sparse:
            tensor = tf.SparseTensor(tensor.indices, self.normalizer(tensor.values), tensor.dense_shape)
        elif self.normalizer is not None:
            tensor = self.normalizer(tensor)
        columns_to_tensors[self] = tf.cast(tensor, tf.float32)

    def _to_dnn_input_layer(
        self,
        input_tensor: Any,
        weight_collections: Any = None,  # noqa: ARG002
        trainable: bool = True,  # noqa: ARG002
        output_rank: int = 2,
    ) -> Any:
        return reshape_real_valued_tensor(self._to_dense_tensor(input_tensor), output_rank, self.name)

    def _to_dense_tensor(self, input_tensor: Any) -> Any:
        if self.is_sparse:
            raise ValueError(f"Set is_sparse to False if you want a dense Tensor for column_name: {self.name}")
        return input_tensor


def _real_valued_var_len_column(
    column_name: str,
    default_value: Any = None,
    dtype: Any = tf.float32,
    normalizer: Normalizer | None = None,
    is_sparse: bool = False,
) -> Any:
    """A column of any number of numbers.

    Raises:
      TypeError: the type is no number.
      ValueError: it is not sparse and has no default to pad with, or the default is a list.
    """
    if not (dtype.is_integer or dtype.is_floating):
        raise TypeError(f"dtype must be convertible to float. dtype: {dtype}, column_name: {column_name}")
    if default_value is None and not is_sparse:
        raise ValueError(
            f"default_value must be provided when is_sparse=False to parse a padded Tensor. column_name: {column_name}"
        )
    if isinstance(default_value, list):
        raise ValueError(f"Only scalar default value. default_value: {default_value}, column_name: {column_name}")
    if default_value is not None:
        default_value = int(default_value) if dtype.is_integer else float(default_value)
    return _RealValuedVarLenColumn(column_name, default_value, dtype, normalizer, is_sparse)


def real_valued_column(
    column_name: str,
    dimension: int = 1,
    default_value: Any = None,
    dtype: Any = tf.float32,
    normalizer: Normalizer | None = None,
) -> Any:
    """A column of ``dimension`` numbers.

    Raises:
      TypeError: the dimension is not an integer, or the default does not fit the type.
      ValueError: the dimension is not positive, the default has another length, or the type is no number.
    """
    if not isinstance(dimension, int):
        raise TypeError(f"dimension must be an integer. dimension: {dimension}, column_name: {column_name}")
    if dimension < 1:
        raise ValueError(f"dimension must be greater than 0. dimension: {dimension}, column_name: {column_name}")
    if not (dtype.is_integer or dtype.is_floating):
        raise ValueError(f"dtype must be convertible to float. dtype: {dtype}, column_name: {column_name}")
    default = None if default_value is None else _default(column_name, dimension, default_value, dtype)
    return _RealValuedColumn(column_name, dimension, default, dtype, normalizer)


def _default(column_name: str, dimension: int, value: Any, dtype: Any) -> tuple[Any, ...]:
    if isinstance(value, list) and len(value) != dimension:
        raise ValueError(
            "The length of default_value must be equal to dimension. "
            f"default_value: {value}, dimension: {dimension}, column_name: {column_name}"
        )
    values = value if isinstance(value, list) else [value] * dimension
    if dtype.is_integer and all(isinstance(v, int) for v in values):
        return tuple(values)
    if dtype.is_floating and all(isinstance(v, (int, float)) for v in values):
        return tuple(float(v) for v in values)
    raise TypeError(
        f"default_value must be compatible with dtype. default_value: {value}, dtype: {dtype}, column_name: {column_name}"
    )
