"""The MNIST tutorial loader: ``read_data_sets(folder, one_hot=True).train.next_batch(100)``.

`DataSet` and `read_data_sets` are adapted from TensorFlow 1.15, contrib/learn/python/learn/datasets/mnist.py,
Copyright 2016 The TensorFlow Authors, Apache License 2.0. Batches come in the same order as there for the same NumPy seed.
"""

from __future__ import annotations

import collections
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

from .files import DEFAULT_SOURCE_URL, dense_to_one_hot, extract_images, extract_labels
from .sources import Arrays, find

__all__ = [
    "DEFAULT_SOURCE_URL",
    "DataSet",
    "Datasets",
    "dense_to_one_hot",
    "extract_images",
    "extract_labels",
    "load_mnist",
    "read_data_sets",
]

Datasets = collections.namedtuple("Datasets", ["train", "validation", "test"])
Batch = tuple[Any, Any]


class DataSet:
    """Images and labels that are handed out in shuffled batches, epoch after epoch.

    Args:
      images: uint8 ``[n, rows, columns, 1]``.
      labels: ``[n]`` or one-hot ``[n, 10]``.
      fake_data: hand out constant images instead; ``one_hot`` is about their labels only.
      dtype: tf.float32 for values in [0, 1], tf.uint8 for values in [0, 255]. TypeError for others.
      reshape: flatten each image.
      seed: seed of NumPy's global generator, which shuffles; by default the graph's seed decides.
    """

    def __init__(
        self,
        images: Any,
        labels: Any,
        fake_data: bool = False,
        one_hot: bool = False,
        dtype: Any = tf.float32,
        reshape: bool = True,
        seed: int | None = None,
    ) -> None:
        seed1, seed2 = tf.get_seed(seed)
        np.random.seed(seed1 if seed is None else seed2)
        dtype = tf.as_dtype(dtype).base_dtype
        if dtype not in (tf.uint8, tf.float32):
            raise TypeError(f"Invalid image dtype {dtype!r}, expected uint8 or float32")
        if fake_data:
            self._num_examples = 10000
            self.one_hot = one_hot
        else:
            assert images.shape[0] == labels.shape[0], f"images.shape: {images.shape} labels.shape: {labels.shape}"
            self._num_examples = images.shape[0]
            if reshape:
                assert images.shape[3] == 1
                images = images.reshape(images.shape[0], images.shape[1] * images.shape[2])
            if dtype == tf.float32:
                images = np.multiply(images.astype(np.float32), 1.0 / 255.0)
        self._images = images
        self._labels = labels
        self._epochs_completed = 0
        self._index_in_epoch = 0

    @property
    def images(self) -> Any:
        """All images, in the order of the current epoch."""
        return self._images

    @property
    def labels(self) -> Any:
        """All labels, in the order of the current epoch."""
        return self._labels

    @property
    def num_examples(self) -> int:
        """How many there are."""
        return int(self._num_examples)

    @property
    def epochs_completed(self) -> int:
        """How many times all were handed out."""
        return self._epochs_completed

    def next_batch(self, batch_size: int, fake_data: bool = False, shuffle: bool = True) -> Batch:
        """The next ``batch_size`` images and labels; a batch across the end of an epoch is filled from the next one."""
        if fake_data:
            label: Any = [1] + [0] * 9 if self.one_hot else 0
            return [[1] * 784 for _ in range(batch_size)], [label for _ in range(batch_size)]
        start = self._index_in_epoch
        if self._epochs_completed == 0 and start == 0 and shuffle:
            self._shuffle()
        if start + batch_size <= self._num_examples:
            self._index_in_epoch += batch_size
            return self._images[start : self._index_in_epoch], self._labels[start : self._index_in_epoch]
        self._epochs_completed += 1
        rest = self._images[start:], self._labels[start:]
        if shuffle:
            self._shuffle()
        # may be past the end if the batch is larger than the set; the next call then counts from there, as it always did
        self._index_in_epoch = batch_size - (self._num_examples - start)
        new = self._images[: self._index_in_epoch], self._labels[: self._index_in_epoch]
        return np.concatenate((rest[0], new[0]), axis=0), np.concatenate((rest[1], new[1]), axis=0)

    def _shuffle(self) -> None:
        order = np.arange(self._num_examples)
        np.random.shuffle(order)
        self._images = self._images[order]
        self._labels = self._labels[order]


def read_data_sets(
    train_dir: str,
    fake_data: bool = False,
    one_hot: bool = False,
    dtype: Any = tf.float32,
    reshape: bool = True,
    validation_size: int = 5000,
    seed: int | None = None,
    source_url: str = DEFAULT_SOURCE_URL,
) -> Datasets:
    """MNIST as ``.train``, ``.validation`` and ``.test``, each a `DataSet`.

    The data are the first of: the idx files (packed or not) in ``train_dir``; the same from ``source_url`` if the program names one of its
    own; tensorflow_datasets, if it is installed and has prepared mnist or can download it; scikit-learn's digits, enlarged, with a line on
    stderr.

    Args:
      train_dir: folder of the files.
      fake_data: make sets of constant images.
      one_hot: labels as ``[n, 10]`` instead of ``[n]``.
      dtype: tf.float32 for values in [0, 1], tf.uint8 for values in [0, 255].
      reshape: images as ``[n, 784]`` instead of ``[n, 28, 28, 1]``.
      validation_size: how many of the training images are set aside; of the digits, the same share of their number.
      seed: see `DataSet`.
      source_url: where the files are downloaded from if this is not the default.

    Raises:
      ValueError: ``validation_size`` is negative or more than there are, or a file is not an idx file.
      ModuleNotFoundError: there are no files and scikit-learn is not installed.
    """
    if fake_data:
        return Datasets(*(DataSet([], [], fake_data=True, one_hot=one_hot, dtype=dtype, seed=seed) for _ in range(3)))
    data = find(train_dir, source_url or DEFAULT_SOURCE_URL)
    held_out = _validation_size(validation_size, data)
    labels = [dense_to_one_hot(part, 10) if one_hot else part for part in (data.train_labels, data.test_labels)]
    sets = (
        (data.train_images[held_out:], labels[0][held_out:]),
        (data.train_images[:held_out], labels[0][:held_out]),
        (data.test_images, labels[1]),
    )
    return Datasets(*(DataSet(x, y, dtype=dtype, reshape=reshape, seed=seed) for x, y in sets))


def _validation_size(wanted: int, data: Arrays) -> int:
    count = len(data.train_images)
    limit = 60000 if data.is_substitute else count
    if not 0 <= wanted <= limit:
        raise ValueError(f"Validation size should be between 0 and {limit}. Received: {wanted}.")
    return round(wanted * count / limit) if data.is_substitute else wanted


def load_mnist(train_dir: str = "MNIST-data") -> Datasets:
    """`read_data_sets` with its defaults."""
    return read_data_sets(train_dir)
