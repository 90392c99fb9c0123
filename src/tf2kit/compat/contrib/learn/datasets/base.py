"""Data sets as pairs of arrays, and files that hold them.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/datasets/base.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import csv
import os
import urllib.request
from typing import Any, NamedTuple

import numpy as np
import tensorflow.compat.v1 as tf

from ....examples.tutorials.mnist.input_data import Datasets as Datasets


class Dataset(NamedTuple):
    """Features and labels."""

    data: Any
    target: Any


def load_csv_with_header(filename: str, target_dtype: Any, features_dtype: Any, target_column: int = -1) -> Dataset:
    """A file whose first line starts with the number of rows and of features."""
    with tf.gfile.Open(filename) as file:
        rows = csv.reader(file)
        header = next(rows)
        data = np.zeros((int(header[0]), int(header[1])), dtype=features_dtype)
        target = np.zeros((int(header[0]),), dtype=target_dtype)
        for i, row in enumerate(rows):
            target[i] = np.asarray(row.pop(target_column), dtype=target_dtype)
            data[i] = np.asarray(row, dtype=features_dtype)
    return Dataset(data=data, target=target)


def load_csv_without_header(filename: str, target_dtype: Any, features_dtype: Any, target_column: int = -1) -> Dataset:
    """A file of rows."""
    data, target = [], []
    with tf.gfile.Open(filename) as file:
        for row in csv.reader(file):
            target.append(row.pop(target_column))
            data.append(np.asarray(row, dtype=features_dtype))
    return Dataset(data=np.array(data), target=np.array(target, dtype=target_dtype))


def shrink_csv(filename: str, ratio: int) -> None:
    """Write every ``ratio``-th row into a file whose name has "_small" in front of each dot."""
    with tf.gfile.Open(filename.replace(".", "_small."), "w") as small, tf.gfile.Open(filename) as file:
        csv.writer(small).writerows(row for i, row in enumerate(csv.reader(file)) if i % ratio == 0)


def load_iris(data_path: str | None = None) -> Dataset:
    """Fisher's iris flowers: float64 ``[150, 4]`` and int64 ``[150]``, or those of a file.

    ModuleNotFoundError if scikit-learn, which has the data, is not installed.
    """
    if data_path is not None:
        return load_csv_with_header(data_path, target_dtype=int, features_dtype=float)
    from sklearn.datasets import load_iris as load

    found = load()
    data = found.data.copy()
    # scikit-learn has mended two rows since
    data[34, 3] = 0.1
    data[37, 1:3] = 3.1, 1.5
    return Dataset(data=data, target=found.target.copy())


def load_boston(data_path: str | None = None) -> Dataset:
    """The Boston house prices of a file; FileNotFoundError without one, since no package holds them any more."""
    if data_path is None:
        raise FileNotFoundError(
            "The Boston house prices are no longer part of any package. Give the file boston_house_prices.csv of TensorFlow 1.15 "
            "or scikit-learn 1.1 as data_path, or use sklearn.datasets.fetch_california_housing."
        )
    return load_csv_with_header(data_path, target_dtype=float, features_dtype=float)


def maybe_download(filename: str, work_directory: str, source_url: str) -> str:
    """Path of the file in the folder; it is downloaded if it is not there."""
    if not tf.gfile.Exists(work_directory):
        tf.gfile.MakeDirs(work_directory)
    path = os.path.join(work_directory, filename)
    if not tf.gfile.Exists(path):
        downloaded, _ = urllib.request.urlretrieve(source_url)
        tf.gfile.Copy(downloaded, path)
        print("Successfully downloaded", filename, tf.gfile.Stat(path).length, "bytes.")
    return path
