"""tf.contrib.learn.datasets: small data sets, and MNIST by its old entry points."""

from __future__ import annotations

from typing import Any

from ....examples.tutorials.mnist import input_data as mnist
from ..._paths import attributes
from . import base, synthetic, text_datasets
from .base import load_boston, load_iris

__all__ = ["DATASETS", "SYNTHETIC", "base", "load_boston", "load_dataset", "load_iris", "make_dataset", "mnist"]


def _load_mnist() -> Any:
    return mnist.read_data_sets("MNIST-data")


DATASETS: dict[str, Any] = {
    "iris": load_iris,
    "boston": load_boston,
    "mnist": _load_mnist,
    "dbpedia": text_datasets.load_dbpedia,
}
SYNTHETIC: dict[str, Any] = {"circles": synthetic.circles, "spirals": synthetic.spirals}


def load_dataset(name: str, size: str = "small", test_with_fake_data: bool = False) -> Any:
    """The data set of this name (iris, boston, mnist or dbpedia); the size is that of dbpedia. ValueError for another name."""
    if name not in DATASETS:
        raise ValueError(f"Name of dataset is not found: {name}")
    if name == "dbpedia":
        return text_datasets.load_dbpedia(size, test_with_fake_data)
    return DATASETS[name]()


def make_dataset(
    name: str, n_samples: int = 100, noise: float | None = None, seed: int | None = 42, *args: Any, **kwargs: Any
) -> Any:
    """Points ``[n, 2]`` of two classes on circles or spirals. ValueError for another name."""
    if name not in SYNTHETIC:
        raise ValueError(f"Synthetic dataset not found or not implemeted: {name}")
    return SYNTHETIC[name](*args, n_samples=n_samples, noise=noise, seed=seed, **kwargs)


__getattr__ = attributes(__name__)
