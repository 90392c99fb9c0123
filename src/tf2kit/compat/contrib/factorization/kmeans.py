"""KMeansClustering, the Estimator for k-means.

Adapted from TensorFlow 1.15, contrib/factorization/python/ops/kmeans.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import tensorflow.compat.v1 as tf

from ..._estimator import load
from .clustering import KMEANS_PLUS_PLUS_INIT, RANDOM_INIT, SQUARED_EUCLIDEAN_DISTANCE, KMeans

__all__ = ["KMeansClustering"]
_canned = load("python.estimator.canned.kmeans")
_estimator = load("python.estimator.estimator")
_PredictOutput = load("python.estimator.export.export_output").PredictOutput
_EstimatorSpec = load("python.estimator.model_fn").EstimatorSpec


class KMeansClustering(_canned.KMeansClustering):  # type: ignore[name-defined]
    """An Estimator that finds ``num_clusters`` centers; ``input_fn`` gives points ``[n, dimensions]`` and no labels.

    Without ``use_mini_batch`` each training step must see all points. The arguments are those of `KMeans`; ``relative_tolerance`` ends the
    training when the loss changes by less, ``feature_columns`` pick from a dictionary of features.

    Raises:
      ValueError: an unknown ``initial_clusters`` (k-MC2 is not offered here) or ``distance_metric``.
    """

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
        feature_columns: Any = None,
    ) -> None:
        if isinstance(initial_clusters, str) and initial_clusters not in (RANDOM_INIT, KMEANS_PLUS_PLUS_INIT):
            raise ValueError(f"Unsupported initialization algorithm '{initial_clusters}'")
        if distance_metric not in (self.SQUARED_EUCLIDEAN_DISTANCE, self.COSINE_DISTANCE):
            raise ValueError(f"Unsupported distance metric '{distance_metric}'")

        def clustering(points: Any) -> KMeans:
            return KMeans(
                points,
                num_clusters,
                initial_clusters,
                distance_metric,
                use_mini_batch,
                mini_batch_steps_per_iteration,
                random_seed,
                kmeans_plus_plus_num_retries,
            )

        def model_fn(features: Any, mode: str, config: Any) -> Any:
            points = _canned._parse_features_if_necessary(features, feature_columns)
            return _specification(clustering(points), mode, config.is_chief, relative_tolerance)

        # not the canned __init__: its model function seeds in another way
        _estimator.Estimator.__init__(self, model_fn, model_dir, config)

    def transform(self, input_fn: Any) -> Iterator[Any]:
        """The distances of each point to all centers (squared, unless they are cosines)."""
        for result in self.predict(input_fn=input_fn, predict_keys=[self.ALL_DISTANCES]):
            yield result[self.ALL_DISTANCES]


def _specification(clustering: KMeans, mode: str, is_chief: bool, relative_tolerance: float | None) -> Any:
    distances, indices, scores, is_initialized, init_op, training_op = clustering.training_graph()
    loss = tf.reduce_sum(scores)
    tf.summary.scalar("loss/raw", loss)
    step = tf.assign_add(tf.train.get_global_step(), 1)
    with tf.control_dependencies([training_op, step]):
        train_op = tf.identity(loss)
    hooks = [_canned._InitializeClustersHook(init_op, is_initialized, is_chief)]
    if relative_tolerance is not None:
        hooks.append(_canned._LossRelativeChangeHook(loss, relative_tolerance))
    predictions = {KMeansClustering.ALL_DISTANCES: distances[0], KMeansClustering.CLUSTER_INDEX: indices[0]}
    exports = {name: _PredictOutput(value) for name, value in predictions.items()}
    exports[tf.saved_model.DEFAULT_SERVING_SIGNATURE_DEF_KEY] = _PredictOutput(indices[0])
    return _EstimatorSpec(
        mode=mode,
        predictions=predictions,
        loss=loss,
        train_op=train_op,
        eval_metric_ops={KMeansClustering.SCORE: tf.metrics.mean(loss)},
        training_hooks=hooks,
        export_outputs=exports,
    )
