"""Heads made of several heads, and one that only adds a loss.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/head.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import tensorflow.compat.v1 as tf

from ..model_fn import ModeKeys, ModelFnOps
from .base import Head, check_mode, write_loss
from .training import TrainOpFn


class LossOnlyHead(Head):
    """Adds a loss and predicts nothing."""

    def __init__(self, loss_fn: Callable[[], Any], head_name: str | None = None) -> None:
        self._loss_fn = loss_fn
        self.head_name = head_name or "loss_only_head"

    @property
    def logits_dimension(self) -> int:
        """None are needed."""
        return 0

    def create_model_fn_ops(
        self,
        features: dict[str, Any],  # noqa: ARG002
        mode: str,
        labels: Any = None,  # noqa: ARG002
        train_op_fn: TrainOpFn | None = None,
        logits: Any = None,  # noqa: ARG002
        logits_input: Any = None,  # noqa: ARG002
        scope: Any = None,
    ) -> ModelFnOps:
        """The loss, and in training its operation."""
        check_mode(mode)
        loss, train_op = None, None
        if mode != ModeKeys.INFER:
            with tf.variable_scope(scope, default_name=self.head_name):
                loss = self._loss_fn()
                loss = tf.add_n(loss) if isinstance(loss, list) else loss
                write_loss(loss, self.head_name)
                if mode == ModeKeys.TRAIN:
                    if train_op_fn is None:
                        raise ValueError("train_op_fn can not be None in TRAIN mode")
                    with tf.name_scope(None, "train_op", (loss,)):
                        train_op = train_op_fn(loss)
        return ModelFnOps(mode=mode, loss=loss, train_op=train_op, predictions={}, eval_metric_ops={})


class MultiHead(Head):
    """Heads side by side: they share the logits, and their losses are merged."""

    def __init__(self, heads: Sequence[Any], loss_merger: Callable[[list[Any]], Any]) -> None:
        for head in heads:
            if not head.head_name:
                raise ValueError("Members of MultiHead must have names.")
        self._heads = heads
        self._loss_merger = loss_merger

    @property
    def logits_dimension(self) -> int:
        """Width of all heads."""
        return sum(head.logits_dimension for head in self._heads)

    def create_model_fn_ops(
        self,
        features: dict[str, Any],
        mode: str,
        labels: Any = None,
        train_op_fn: TrainOpFn | None = None,
        logits: Any = None,
        logits_input: Any = None,
        scope: Any = None,
    ) -> ModelFnOps:
        """Operations of all heads; ``logits`` may be a dictionary by the heads' names."""
        check_mode(mode)
        parts = [
            head.create_model_fn_ops(
                features=features,
                mode=mode,
                labels=labels,
                train_op_fn=no_op_train_fn,
                logits=part,
                logits_input=logits_input if logits is None else None,
                scope=scope,
            )
            for head, part in zip(self._heads, self._split(logits), strict=True)
        ]
        if mode == ModeKeys.TRAIN:
            if train_op_fn is None:
                raise ValueError("train_op_fn can not be None in TRAIN mode.")
            return self._merged_training(parts, train_op_fn)
        return self._merged_predictions(parts) if mode == ModeKeys.INFER else self._merged_evaluation(parts)

    def _split(self, logits: Any) -> list[Any]:
        if logits is None:
            return [None] * len(self._heads)
        if isinstance(logits, dict):
            return [None if isinstance(head, LossOnlyHead) else logits[head.head_name] for head in self._heads]
        found, begin = [], 0
        for head in self._heads:
            found.append(tf.slice(logits, [0, begin], [-1, head.logits_dimension]))
            begin += head.logits_dimension
        return found

    def _merged_training(self, parts: list[ModelFnOps], train_op_fn: TrainOpFn) -> ModelFnOps:
        loss = self._loss_merger([part.loss for part in parts])
        train_op = tf.group(train_op_fn(loss), *(part.train_op for part in parts))
        return ModelFnOps(mode=ModeKeys.TRAIN, loss=loss, train_op=train_op, eval_metric_ops=_all_metrics(parts))

    def _merged_predictions(self, parts: list[ModelFnOps]) -> ModelFnOps:
        named = [(h.head_name, p) for h, p in zip(self._heads, parts, strict=True) if not isinstance(h, LossOnlyHead)]
        return ModelFnOps(
            mode=ModeKeys.INFER,
            predictions={(name, k): v for name, part in named for k, v in part.predictions.items()},
            output_alternatives={name: part.output_alternatives[name] for name, part in named},
        )

    def _merged_evaluation(self, parts: list[ModelFnOps]) -> ModelFnOps:
        named = [(head.head_name, part) for head, part in zip(self._heads, parts, strict=True)]
        return ModelFnOps(
            mode=ModeKeys.EVAL,
            predictions={(name, k): v for name, part in named for k, v in part.predictions.items()},
            loss=self._loss_merger([part.loss for part in parts]),
            eval_metric_ops=_all_metrics(parts),
        )


def _all_metrics(parts: list[ModelFnOps]) -> dict[str, Any]:
    return {key: value for part in parts for key, value in (part.eval_metric_ops or {}).items()}


def no_op_train_fn(loss: Any) -> Any:  # noqa: ARG001
    """A training operation that does nothing."""
    return tf.no_op()
