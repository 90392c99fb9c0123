"""tf.estimator of TensorFlow 1.15: the last release of tensorflow_estimator, repaired."""

from typing import Any

from .._estimator import load


def __getattr__(name: str) -> Any:
    return getattr(load("_api.v1.estimator"), name)


def __dir__() -> list[str]:
    return dir(load("_api.v1.estimator"))
