"""Old estimators with the methods of scikit-learn.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/estimator.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

from ._sklearn import BaseEstimator
from .inputs import get_input_fn


class SKCompat(BaseEstimator):
    """An estimator that takes arrays: features ``[n, …]`` or a dictionary of them, and labels ``[n]``."""

    def __init__(self, estimator: Any) -> None:
        self._estimator = estimator

    def fit(
        self,
        x: Any,
        y: Any,
        batch_size: int | None = 128,
        steps: int | None = None,
        max_steps: int | None = None,
        monitors: Sequence[Any] | None = None,
    ) -> SKCompat:
        """Train on shuffled batches, without end unless ``steps`` or ``max_steps`` says so. Returns itself."""
        input_fn, feed_fn = get_input_fn(
            x, y, input_fn=None, feed_fn=None, batch_size=batch_size, shuffle=True, epochs=None
        )
        hooks = [tf.train.FeedFnHook(feed_fn)] if feed_fn else []
        self._estimator.fit(input_fn=input_fn, steps=steps, max_steps=max_steps, monitors=hooks + list(monitors or []))
        return self

    def score(
        self,
        x: Any,
        y: Any,
        batch_size: int | None = 128,
        steps: int | None = None,
        metrics: dict[Any, Any] | None = None,
        name: str | None = None,
    ) -> Any:
        """Values of the metrics by name, and ``global_step``, over the data once. ValueError unless ``metrics`` is a dictionary."""
        input_fn, feed_fn = get_input_fn(x, y, input_fn=None, feed_fn=None, batch_size=batch_size)
        if metrics is not None and not isinstance(metrics, dict):
            raise ValueError(f"Metrics argument should be None or dict. Got {metrics}.")
        results, global_step = self._estimator._evaluate_model(
            input_fn=input_fn, feed_fn=feed_fn, steps=steps, metrics=metrics, name=name
        )
        if results is not None:
            results.update({"global_step": global_step})
        return results

    def predict(self, x: Any, batch_size: int | None = 128, outputs: Sequence[str] | None = None) -> Any:
        """All predictions as one array, or as a dictionary of arrays."""
        input_fn, feed_fn = get_input_fn(x, None, input_fn=None, feed_fn=None, batch_size=batch_size)
        batches = list(
            self._estimator._infer_model(
                input_fn=input_fn, feed_fn=feed_fn, outputs=outputs, as_iterable=True, iterate_batches=True
            )
        )
        if not isinstance(batches[0], dict):
            return np.concatenate(batches, axis=0)
        return {key: np.concatenate([batch[key] for batch in batches], axis=0) for key in batches[0]}
