"""The parts of scikit-learn that the old estimators take after, so that they need not import it.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/_sklearn.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["BaseEstimator", "NotFittedError", "accuracy_score", "mean_squared_error", "train_test_split"]


class BaseEstimator:
    """Parameters are all public attributes."""

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The parameters by name; with ``deep`` those of parameters too, as ``name__inner``."""
        found = {}
        for key in [name for name in vars(self) if not name.startswith("_")]:
            value = getattr(self, key, None)
            if callable(value):
                continue
            if deep and value is not None and hasattr(value, "get_params"):
                found.update({f"{key}__{inner}": v for inner, v in value.get_params().items()})
            found[key] = value
        return found

    def set_params(self, **params: Any) -> BaseEstimator:
        """Change parameters; ValueError for one that is not there. Returns itself."""
        if not params:
            return self
        valid = self.get_params(deep=True)
        for key, value in params.items():
            name, _, inner = key.partition("__")
            if name not in valid or (not inner and key not in valid):
                raise ValueError(
                    f"Invalid parameter {name} for estimator {self}. "
                    "Check the list of available parameters with `estimator.get_params().keys()`."
                )
            if inner:
                valid[name].set_params(**{inner: value})
            else:
                setattr(self, key, value)
        return self

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{k}={v}' for k, v in self.get_params(deep=False).items())})"


class NotFittedError(ValueError, AttributeError):
    """There is no trained model in the folder."""


def accuracy_score(y_true: Any, y_pred: Any) -> Any:
    """Share of equal elements."""
    return np.average(y_true == y_pred)


def mean_squared_error(y_true: Any, y_pred: Any) -> Any:
    """Mean of squared differences, with dimensions of size 1 taken out."""
    y_true, y_pred = (np.squeeze(y) if len(y.shape) > 1 else y for y in (y_true, y_pred))
    return np.average((y_true - y_pred) ** 2)


def train_test_split(*args: Any, **options: Any) -> tuple[Any, ...]:
    """Each array in two random parts; options are ``test_size`` or ``train_size`` (a share, 0.75 to train) and ``random_state``."""
    test_size, train_size = options.get("test_size"), options.get("train_size")
    if train_size is None:
        train_size = 0.75 if test_size is None else 1 - test_size
    np.random.seed(options.get("random_state"))
    indices = np.random.permutation(args[0].shape[0])
    cut = int(train_size * args[0].shape[0])
    return tuple(part for x in args for part in (x.take(indices[:cut], axis=0), x.take(indices[cut:], axis=0)))
