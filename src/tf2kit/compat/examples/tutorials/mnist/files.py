"""The idx files of MNIST, packed with gzip or not."""

from __future__ import annotations

import gzip
import os
from typing import Any, BinaryIO

import numpy as np

DEFAULT_SOURCE_URL = "https://storage.googleapis.com/cvdf-datasets/mnist/"
NAMES = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")


def path_of(folder: str, name: str) -> str | None:
    """The file in the folder: ``name.gz``, ``name``, or either with a dot before ``idx`` (as some unpackers write it)."""
    for spelled in (name, name.replace("-idx", ".idx")):
        for ending in (".gz", ""):
            path = os.path.join(folder, spelled + ending)
            if os.path.isfile(path):
                return path
    return None


def open_idx(path: str) -> gzip.GzipFile | BinaryIO:
    """The file, as it is unpacked; its first two bytes tell whether it is packed."""
    with open(path, "rb") as f:
        packed = f.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if packed else open(path, "rb")


def read_images(path: str) -> Any:
    """uint8 ``[n, rows, columns, 1]``; ValueError naming the file if it is not an idx file of images."""
    print("Extracting", path)
    with open_idx(path) as f:
        return _images(f, path)


def read_labels(path: str) -> Any:
    """uint8 ``[n]``; ValueError naming the file if it is not an idx file of labels."""
    print("Extracting", path)
    with open_idx(path) as f:
        return _labels(f, path)


def extract_images(f: Any) -> Any:
    """uint8 ``[n, rows, columns, 1]`` from an open packed file with a name."""
    print("Extracting", f.name)
    with gzip.GzipFile(fileobj=f) as stream:
        return _images(stream, f.name)


def extract_labels(f: Any, one_hot: bool = False, num_classes: int = 10) -> Any:
    """uint8 ``[n]``, or one-hot ``[n, num_classes]``, from an open packed file with a name."""
    print("Extracting", f.name)
    with gzip.GzipFile(fileobj=f) as stream:
        labels = _labels(stream, f.name)
    return dense_to_one_hot(labels, num_classes) if one_hot else labels


def dense_to_one_hot(labels_dense: Any, num_classes: int) -> Any:
    """float64 ``[n, num_classes]`` with a one in the column of each label."""
    one_hot = np.zeros((labels_dense.shape[0], num_classes))
    one_hot.flat[np.arange(labels_dense.shape[0]) * num_classes + labels_dense.ravel()] = 1
    return one_hot


def _images(stream: Any, name: str) -> Any:
    count, rows, columns = _header(stream, 2051, 3, "image", name)
    return _body(stream, count * rows * columns, name).reshape(count, rows, columns, 1)


def _labels(stream: Any, name: str) -> Any:
    (count,) = _header(stream, 2049, 1, "label", name)
    return _body(stream, count, name)


def _header(stream: Any, magic: int, dimensions: int, kind: str, name: str) -> tuple[int, ...]:
    head = stream.read(4 * (1 + dimensions))
    if len(head) < 4 * (1 + dimensions):
        raise ValueError(f"MNIST {kind} file {name} is cut off: download it again.")
    found, *sizes = (int(n) for n in np.frombuffer(head, dtype=">u4"))
    if found != magic:
        raise ValueError(f"Invalid magic number {found} in MNIST {kind} file: {name}")
    return tuple(sizes)


def _body(stream: Any, size: int, name: str) -> Any:
    data = stream.read(size)
    if len(data) < size:
        raise ValueError(f"MNIST file {name} is cut off after {len(data)} of {size} values: download it again.")
    return np.frombuffer(data, dtype=np.uint8)
