"""tf.contrib.factorization: k-means, and Gaussian mixtures as a graph."""

from __future__ import annotations

from typing import Any

from .._paths import attributes
from .clustering import COSINE_DISTANCE, KMEANS_PLUS_PLUS_INIT, RANDOM_INIT, SQUARED_EUCLIDEAN_DISTANCE, KMeans
from .gmm import GmmAlgorithm, gmm

__all__ = [
    "COSINE_DISTANCE",
    "KMEANS_PLUS_PLUS_INIT",
    "RANDOM_INIT",
    "SQUARED_EUCLIDEAN_DISTANCE",
    "GmmAlgorithm",
    "KMeans",
    "KMeansClustering",
    "gmm",
]
_explained = attributes(__name__)


def __getattr__(name: str) -> Any:
    if name == "KMeansClustering":
        # at its first use: it is an Estimator, and loading those takes longer than all the rest
        from .kmeans import KMeansClustering

        return KMeansClustering
    return _explained(name)


def __dir__() -> list[str]:
    return __all__
