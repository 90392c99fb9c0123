"""The old estimator for k-means.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/kmeans.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

from ...._estimator import load
from ...factorization import clustering
from .estimator import Estimator
from .model_fn import ModelFnOps

__all__ = ["KMeansClustering"]


class KMeansClustering(Estimator):
    """Finds ``num_clusters`` centers of points ``[n, dimensions]``, or of a dictionary of them that is put together by its sorted keys.

    Args:
      num_clusters: how many.
      model_dir: folder of checkpoints and summaries.
      initial_clusters: values, a function, "random" or "kmeans_plus_plus".
      distance_metric: "squared_euclidean" or "cosine".
      random_seed: of the initial choice.
      use_mini_batch: update with each batch; otherwise each step must see all points.
      mini_batch_steps_per_iteration: after so many steps the updated clusters are used for assignments.
      kmeans_plus_plus_num_retries: points to draw in addition for each cluster.
      relative_tolerance: training ends when the loss changes by less.
      config: a `RunConfig`.
    """

    SQUARED_EUCLIDEAN_DISTANCE = clustering.SQUARED_EUCLIDEAN_DISTANCE
    COSINE_DISTANCE = clustering.COSINE_DISTANCE
    RANDOM_INIT = clustering.RANDOM_INIT
    KMEANS_PLUS_PLUS_INIT = clustering.KMEANS_PLUS_PLUS_INIT
    SCORES = "scores"
    CLUSTER_IDX = "cluster_idx"
    CLUSTERS = "clusters"
    ALL_SCORES = "all_scores"
    LOSS_OP_NAME = "kmeans_loss"

    def __init__(
        self,
        num_clusters: int,
        model_dir: str | None = None,
        initial_clusters: Any = RANDOM_INIT,
        distance_metric: str = SQUARED_EUCLIDEAN_DISTANCE,
        random_seed: int = 0,
        use_mini_batch: bool = True,
        mini_batch_steps_per_iteration: int = 1,
        kmeans_plus_plus_num_retries: int = 2,
        relative_tolerance: float | None = None,
        config: Any = None,
    ) -> None:
        params = {
            "num_clusters": num_clusters,
            "training_initial_clusters": initial_clusters,
            "distance_metric": distance_metric,
            "random_seed": random_seed,
            "use_mini_batch": use_mini_batch,
            "mini_batch_steps_per_iteration": mini_batch_steps_per_iteration,
            "kmeans_plus_plus_num_retries": kmeans_plus_plus_num_retries,
            "relative_tolerance": relative_tolerance,
        }
        super().__init__(model_fn=_model_fn, params=params, model_dir=model_dir, config=config)

    def predict_cluster_idx(self, input_fn: Callable[[], Any] | None = None) -> Iterator[Any]:
        """The number of each point's cluster."""
        for result in self.predict(input_fn=input_fn, outputs=[self.CLUSTER_IDX]):
            yield result[self.CLUSTER_IDX]

    def score(self, input_fn: Callable[[], Any] | None = None, steps: int | None = None) -> Any:
        """The sum of all points' distances to their clusters, squared unless they are cosines."""
        return np.sum(self.evaluate(input_fn=input_fn, steps=steps)[self.SCORES])

    def transform(self, input_fn: Callable[[], Any] | None = None, as_iterable: bool = False) -> Any:
        """Distances to all clusters: one batch as an array, or with ``as_iterable`` point by point."""
        results = self.predict(input_fn=input_fn, outputs=[self.ALL_SCORES], as_iterable=as_iterable)
        return results if as_iterable else results[self.ALL_SCORES]

    def clusters(self) -> Any:
        """The centers ``[num_clusters, dimensions]``."""
        return self.get_variable_value(self.CLUSTERS)


def _points(features: Any) -> Any:
    if not isinstance(features, dict):
        return features
    keys = sorted(features)
    with tf.colocate_with(features[keys[0]]):
        return tf.concat([features[key] for key in keys], 1)


def _model_fn(features: Any, labels: Any, mode: str, params: dict[str, Any], config: Any) -> ModelFnOps:
    assert labels is None, labels
    all_scores, indices, losses, is_initialized, init_op, training_op = clustering.KMeans(
        _points(features),
        params["num_clusters"],
        initial_clusters=params["training_initial_clusters"],
        distance_metric=params["distance_metric"],
        use_mini_batch=params["use_mini_batch"],
        mini_batch_steps_per_iteration=params["mini_batch_steps_per_iteration"],
        random_seed=params["random_seed"],
        kmeans_plus_plus_num_retries=params["kmeans_plus_plus_num_retries"],
    ).training_graph()
    step = tf.assign_add(tf.train.get_global_step(), 1)
    loss = tf.reduce_sum(losses, name=KMeansClustering.LOSS_OP_NAME)
    tf.summary.scalar("loss/raw", loss)
    with tf.control_dependencies([training_op, step]):
        train_op = tf.identity(loss)
    core = load("python.estimator.canned.kmeans")
    hooks = [core._InitializeClustersHook(init_op, is_initialized, config.is_chief)]
    if params["relative_tolerance"] is not None:
        hooks.append(core._LossRelativeChangeHook(loss, params["relative_tolerance"]))
    return ModelFnOps(
        mode=mode,
        predictions={KMeansClustering.ALL_SCORES: all_scores[0], KMeansClustering.CLUSTER_IDX: indices[0]},
        eval_metric_ops={KMeansClustering.SCORES: loss},
        loss=loss,
        train_op=train_op,
        training_hooks=hooks,
    )
