"""How the old canned estimators predict and evaluate.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/dnn.py and linear.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..metric_spec import MetricSpec
from .estimator import Estimator
from .keys import PredictionKey

InputFn = Callable[[], Any]


class _Canned(Estimator):
    """Predicts one of its outputs unless told otherwise."""

    _default_output: str

    def predict(  # type: ignore[override]
        self,
        x: Any = None,
        input_fn: InputFn | None = None,
        batch_size: int | None = None,
        outputs: Sequence[str] | None = None,
        as_iterable: bool = True,
    ) -> Any:
        """The main output; with ``outputs`` a dictionary of those."""
        if not outputs:
            return self._predict_one(self._default_output, x, input_fn, batch_size, as_iterable)
        return super().predict(x=x, input_fn=input_fn, batch_size=batch_size, outputs=outputs, as_iterable=as_iterable)

    def _predict_one(
        self, key: str, x: Any, input_fn: InputFn | None, batch_size: int | None, as_iterable: bool
    ) -> Any:
        predictions = super().predict(
            x=x, input_fn=input_fn, batch_size=batch_size, outputs=[key], as_iterable=as_iterable
        )
        return (prediction[key] for prediction in predictions) if as_iterable else predictions[key]


class Classifier(_Canned):
    """Predicts classes."""

    _default_output = PredictionKey.CLASSES

    def predict_classes(
        self,
        x: Any = None,
        input_fn: InputFn | None = None,
        batch_size: int | None = None,
        as_iterable: bool = True,
    ) -> Any:
        """Classes, one by one or as an array ``[n]``."""
        return self._predict_one(PredictionKey.CLASSES, x, input_fn, batch_size, as_iterable)

    def predict_proba(
        self,
        x: Any = None,
        input_fn: InputFn | None = None,
        batch_size: int | None = None,
        as_iterable: bool = True,
    ) -> Any:
        """Probabilities of all classes, one by one or as an array ``[n, n_classes]``."""
        return self._predict_one(PredictionKey.PROBABILITIES, x, input_fn, batch_size, as_iterable)


class Regressor(_Canned):
    """Predicts scores."""

    _default_output = PredictionKey.SCORES

    def predict_scores(
        self,
        x: Any = None,
        input_fn: InputFn | None = None,
        batch_size: int | None = None,
        as_iterable: bool = True,
    ) -> Any:
        """Scores, one by one or as an array ``[n]`` or ``[n, label_dimension]``."""
        return self._predict_one(PredictionKey.SCORES, x, input_fn, batch_size, as_iterable)


class NetworkRegressor(Regressor):
    """A regressor whose metrics may be plain functions."""

    def evaluate(  # type: ignore[override]
        self,
        x: Any = None,
        y: Any = None,
        input_fn: InputFn | None = None,
        feed_fn: Any = None,
        batch_size: int | None = None,
        steps: int | None = None,
        metrics: dict[Any, Any] | None = None,
        name: str | None = None,
        checkpoint_path: str | None = None,
        hooks: Sequence[Any] | None = None,
    ) -> Any:
        """As `Estimator.evaluate`; a function with a name only is applied to the scores."""
        named = {
            key if isinstance(metric, MetricSpec) or isinstance(key, tuple) else (key, PredictionKey.SCORES): metric
            for key, metric in (metrics or {}).items()
        }
        return super().evaluate(
            x=x,
            y=y,
            input_fn=input_fn,
            feed_fn=feed_fn,
            batch_size=batch_size,
            steps=steps,
            metrics=named,
            name=name,
            checkpoint_path=checkpoint_path,
            hooks=hooks,
        )
