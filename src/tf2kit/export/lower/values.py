"""What flows along the edges of a graph that is traced anew: tensors, handles of resources, and lists of tensors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import tensorflow as tf


class LoweringError(Exception):
    """A graph cannot be written without what the target lacks.

    Attributes:
      op: type of the op that stands in the way.
      node: its name in the model.
    """

    def __init__(self, message: str, op: str = "", node: str = "") -> None:
        super().__init__(message)
        self.op = op
        self.node = node


@dataclass(frozen=True)
class Handle:
    """A resource of the loaded model: `tensor` is an eager scalar of dtype resource."""

    tensor: tf.Tensor


@dataclass(frozen=True)
class Table:
    """A hash table and what is in it: keys and values are arrays of shape (n,)."""

    name: str
    keys: np.ndarray
    values: np.ndarray
    key_dtype: tf.DType
    value_dtype: tf.DType


@dataclass(frozen=True)
class TensorList:
    """A list of tensors whose length is known while tracing: the ops TensorList… vanish into it.

    Attributes:
      items: the elements; None where nothing was set yet.
      shape: of an element, as far as it is known.
      dtype: of an element.
    """

    items: tuple[tf.Tensor | None, ...]
    shape: tf.TensorShape
    dtype: tf.DType

    def with_item(self, index: int, item: tf.Tensor) -> TensorList:
        """The list with one element replaced; one behind the end is appended, as TensorListSetItem of a resizable list does."""
        items = [*self.items, *[None] * (index + 1 - len(self.items))]
        items[index] = item
        return TensorList(tuple(items), self.shape.merge_with(item.shape), self.dtype)

    def filled(self) -> list[tf.Tensor]:
        """The elements; zeros stand for what was never set, as in TensorFlow."""
        like = next((item for item in self.items if item is not None), None)
        if like is None:
            return [tf.zeros(self.shape, self.dtype) for _ in self.items]
        return [tf.zeros_like(like) if item is None else item for item in self.items]

    def tensor(self) -> tf.Tensor:
        """The list as a tensor of dtype variant, for a loop that stays a loop."""
        dims = -1 if self.shape.rank is None else [-1 if size is None else size for size in self.shape]
        element_shape = tf.constant(dims, tf.int32)
        if any(item is not None for item in self.items):
            return tf.raw_ops.TensorListFromTensor(tensor=tf.stack(self.filled()), element_shape=element_shape)
        return tf.raw_ops.TensorListReserve(
            element_shape=element_shape, num_elements=len(self.items), element_dtype=self.dtype
        )


Value: TypeAlias = tf.Tensor | Handle | TensorList
Values: TypeAlias = Sequence[Value]
