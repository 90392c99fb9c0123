"""KMeans of tf.contrib.factorization: the class that core TensorFlow keeps, seeded as in 1.15."""

from __future__ import annotations

from typing import Any

from tensorflow.python.ops import clustering_ops
from tensorflow.python.ops.clustering_ops import (
    CLUSTERS_VAR_NAME,
    COSINE_DISTANCE,
    KMC2_INIT,
    KMEANS_PLUS_PLUS_INIT,
    RANDOM_INIT,
    SQUARED_EUCLIDEAN_DISTANCE,
)

__all__ = [
    "CLUSTERS_VAR_NAME",
    "COSINE_DISTANCE",
    "KMC2_INIT",
    "KMEANS_PLUS_PLUS_INIT",
    "RANDOM_INIT",
    "SQUARED_EUCLIDEAN_DISTANCE",
    "KMeans",
]


class KMeans(clustering_ops.KMeans):
    """Graphs for k-means, full-batch or mini-batch; `training_graph` makes them.

    Args:
      inputs: float32 ``[n, dimensions]``, or a list of such shards, shuffled beforehand.
      num_clusters: how many; ignored if ``initial_clusters`` are values.
      initial_clusters: values ``[k, dimensions]``, a function of (inputs, k), or "random", "kmeans_plus_plus" or "kmc2".
      distance_metric: "squared_euclidean" or "cosine".
      use_mini_batch: update with each batch instead of computing the clusters anew.
      mini_batch_steps_per_iteration: after so many steps the updated clusters are used for assignments.
      random_seed: of the initial choice.
      kmeans_plus_plus_num_retries: points to draw in addition for each cluster.
      kmc2_chain_length: candidates for each cluster.

    Raises:
      ValueError: another ``initial_clusters`` or ``distance_metric``.
    """

    def __init__(
        self,
        inputs: Any,
        num_clusters: Any,
        initial_clusters: Any = RANDOM_INIT,
        distance_metric: str = SQUARED_EUCLIDEAN_DISTANCE,
        use_mini_batch: bool = False,
        mini_batch_steps_per_iteration: int = 1,
        random_seed: int = 0,
        kmeans_plus_plus_num_retries: int = 2,
        kmc2_chain_length: int = 200,
    ) -> None:
        super().__init__(
            inputs,
            num_clusters,
            initial_clusters,
            distance_metric,
            use_mini_batch,
            mini_batch_steps_per_iteration,
            random_seed,
            kmeans_plus_plus_num_retries,
            kmc2_chain_length,
        )
        # core TensorFlow puts the graph's seed in place of this one, and would choose other points
        self._seed = random_seed
