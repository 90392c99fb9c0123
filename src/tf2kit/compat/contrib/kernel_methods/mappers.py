"""Features whose dot products approximate a kernel.

Adapted from TensorFlow 1.15, contrib/kernel_methods/python/mappers, Copyright 2017 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import abc
import math
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

__all__ = ["DenseKernelMapper", "InvalidShapeError", "RandomFourierFeatureMapper"]


class InvalidShapeError(Exception):
    """A tensor does not have the expected shape."""


class DenseKernelMapper(abc.ABC):
    """Something that maps dense inputs to dense outputs."""

    @abc.abstractmethod
    def map(self, input_tensor: Any) -> Any:
        """``[n, output_dim]`` for an input ``[n, features]``."""

    @property
    @abc.abstractmethod
    def name(self) -> str:
        """Name of the mapper."""

    @property
    @abc.abstractmethod
    def output_dim(self) -> int:
        """Width of the output."""


class RandomFourierFeatureMapper(DenseKernelMapper):
    """Maps x to ``sqrt(2 / output_dim) * cos(x Ω + b)``, which approximates the Gaussian kernel of deviation ``stddev``.

    Ω and b are constants of the graph, drawn by NumPy with the seed (https://people.eecs.berkeley.edu/~brecht/papers/07.rah.rec.nips.pdf).
    """

    def __init__(
        self, input_dim: int, output_dim: int, stddev: float = 1.0, seed: int = 1, name: str | None = None
    ) -> None:
        self._input_dim = input_dim
        self._output_dim = output_dim
        self._stddev = stddev
        self._seed = seed
        self._name = name

    @property
    def name(self) -> str:
        """The given name, or a unique one."""
        return self._name or str(id(self))

    @property
    def input_dim(self) -> int:
        """Width of the input."""
        return self._input_dim

    @property
    def output_dim(self) -> int:
        """Width of the output."""
        return self._output_dim

    def map(self, input_tensor: Any) -> Any:
        """``[n, output_dim]`` for an input ``[n, input_dim]``; InvalidShapeError for another shape. Seeds NumPy's global generator."""
        shape = input_tensor.get_shape().as_list()
        if len(shape) != 2:
            raise InvalidShapeError(f"The shape of the tensor should be 2. Got {len(shape)} instead.")
        if shape[1] != self._input_dim:
            raise InvalidShapeError(
                f"Invalid dimension: expected {self._input_dim} input features, got {shape[1]} instead."
            )
        np.random.seed(self._seed)
        omega = np.random.normal(scale=1.0 / self._stddev, size=[self._input_dim, self._output_dim])
        bias = np.random.uniform(low=0.0, high=2 * np.pi, size=[self._output_dim])
        angles = tf.matmul(input_tensor, tf.constant(omega, tf.float32)) + tf.constant(bias, tf.float32)
        return math.sqrt(2.0 / self._output_dim) * tf.cos(angles)
