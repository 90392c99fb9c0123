"""The head of regressors.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/head.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

from ..keys import PredictionKey, ProblemType
from .base import SingleHead
from .losses import Loss


class RegressionHead(SingleHead):
    """Predicts ``scores``: numbers ``[batch]``, or ``[batch, label_dimension]``."""

    _scope_name = "regression_head"

    def __init__(
        self,
        label_dimension: int,
        loss_fn: Loss,
        link_fn: Callable[[Any], Any],
        logits_dimension: int | None = None,
        label_name: str | None = None,
        weight_column_name: str | None = None,
        enable_centered_bias: bool = False,
        head_name: str | None = None,
    ) -> None:
        width = label_dimension if logits_dimension is None else logits_dimension
        super().__init__(ProblemType.LINEAR_REGRESSION, width, label_name, weight_column_name, head_name)
        self._loss_fn = loss_fn
        self._link_fn = link_fn
        self._enable_centered_bias = enable_centered_bias

    def _predictions(self, logits: Any) -> dict[str, Any]:
        if self.logits_dimension == 1:
            logits = tf.squeeze(logits, axis=(1,), name=PredictionKey.SCORES)
        return {PredictionKey.SCORES: self._link_fn(logits)}
