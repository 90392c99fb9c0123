"""tf.contrib.learn.datasets: MNIST, by its old entry points."""

from __future__ import annotations

from typing import Any

from ...examples.tutorials.mnist import input_data as mnist

__all__ = ["load_dataset", "mnist"]


def load_dataset(name: str, size: str = "small", test_with_fake_data: bool = False) -> Any:  # noqa: ARG001
    """The data set of this name; ``"mnist"`` is the one that is kept. ValueError for the others."""
    if name != "mnist":
        raise ValueError(
            f"Name of dataset is not found: {name}. tf2kit has 'mnist'; scikit-learn has iris and more (sklearn.datasets)."
        )
    return mnist.read_data_sets("MNIST-data")
