"""Gaussian mixtures by expectation and maximization, in graph operations.

Adapted from TensorFlow 1.15, contrib/factorization/python/ops/gmm_ops.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

__all__ = ["DIAG_COVARIANCE", "FULL_COVARIANCE", "GmmAlgorithm", "gmm"]
FULL_COVARIANCE = "full"
DIAG_COVARIANCE = "diag"
_EPSILON = np.finfo(float).eps
_MIN_VARIANCE = 1e-3


def gmm(
    inp: Any,
    initial_clusters: Any,
    num_clusters: int,
    random_seed: int | None,
    covariance_type: str = FULL_COVARIANCE,
    params: str = "wmc",
) -> tuple[Any, Any, list[list[Any]], Any, Any, Any]:
    """The graph of a mixture of Gaussians for points ``[n, dimensions]`` (or a list of such shards).

    Args:
      inp: the points.
      initial_clusters: means ``[num_clusters, dimensions]``, or "random" for means among the points.
      num_clusters: how many Gaussians.
      random_seed: of the random means.
      covariance_type: "full" or "diag".
      params: what training updates: any of "w" (weights), "m" (means) and "c" (covariances).

    Returns:
      Log-likelihood, scores ``[n, 1]`` of the points, ``[list of assignments]``, training operation, initialization operation, and the
      variable that says whether the latter was run.
    """
    initial_means = None
    if tf.is_tensor(initial_clusters):
        # as on 1.15, which looks at values only: a tensor of means is passed over for random ones
        pass
    elif not (isinstance(initial_clusters, str) and initial_clusters == "random"):
        initial_means = tf.constant(initial_clusters, dtype=tf.float32)
    shards = inp if isinstance(inp, list) else [inp]
    tool = GmmAlgorithm(shards, num_clusters, initial_means, params, covariance_type, random_seed)
    return (
        tool.log_likelihood_op(),
        tool.scores(),
        [tool.assignments()],
        tool.training_ops(),
        tool.init_ops(),
        tool.is_initialized(),
    )


class GmmAlgorithm:
    """One mixture: its variables, and the operations of one iteration over all shards.

    Args:
      data: list of tensors ``[n, dimensions]``.
      num_classes: how many Gaussians.
      initial_means: tensor ``[num_classes, dimensions]``; without one, points are chosen.
      params: see `gmm`.
      covariance_type: see `gmm`; Exception for another one.
      random_seed: of the choice of points.
    """

    CLUSTERS_WEIGHT = "alphas"
    CLUSTERS_VARIABLE = "clusters"
    CLUSTERS_COVS_VARIABLE = "clusters_covs"

    def __init__(
        self,
        data: list[Any],
        num_classes: int,
        initial_means: Any = None,
        params: str = "wmc",
        covariance_type: str = FULL_COVARIANCE,
        random_seed: int | None = 0,
    ) -> None:
        if covariance_type not in (DIAG_COVARIANCE, FULL_COVARIANCE):
            raise Exception(f"programmer error: Invalid covariance type: {covariance_type}")
        self._params = params
        self._full = covariance_type == FULL_COVARIANCE
        self._num_classes = num_classes
        self._dimensions = tf.shape(data[0])[1]
        # keeps covariances invertible
        self._min_var = tf.diag(tf.ones(tf.stack([self._dimensions]))) * _MIN_VARIANCE
        self._create_variables()
        self._init_op = self._initialization(data, initial_means, random_seed)
        log_probs = [self._log_probs(tf.expand_dims(shard, 0)) for shard in data]
        priors = [tf.reduce_logsumexp(p, axis=1, keepdims=True) for p in log_probs]
        self._w = [self._memberships(*args) for args in zip(data, log_probs, priors, strict=True)]
        self._train_op = self._maximization(data)
        self._log_likelihood = tf.reduce_logsumexp([tf.reduce_logsumexp(p) for p in priors])
        scores = [p + tf.log(w) for p, w in zip(priors, self._w, strict=True)]
        self._scores = tf.squeeze(tf.reduce_logsumexp(scores, axis=2, keepdims=True), axis=0)

    def init_ops(self) -> Any:
        """The operation that sets means and covariances."""
        return self._init_op

    def training_ops(self) -> Any:
        """The operation of one iteration."""
        return self._train_op

    def is_initialized(self) -> Any:
        """The variable that the initialization sets."""
        return self._initialized

    def alphas(self) -> Any:
        """The weights ``[num_classes]``."""
        return self._alpha

    def clusters(self) -> Any:
        """The means ``[num_classes, 1, dimensions]``."""
        return self._means

    def covariances(self) -> Any:
        """The covariances ``[num_classes, dimensions(, dimensions)]``."""
        return self._covs

    def assignments(self) -> list[Any]:
        """The likeliest Gaussian of each point, for each shard."""
        return [tf.argmax(w, 1) for w in self._w]

    def scores(self) -> Any:
        """The log-likelihood of each point."""
        return self._scores

    def log_likelihood_op(self) -> Any:
        """The log-likelihood of all."""
        return self._log_likelihood

    def _create_variables(self) -> None:
        nothing = tf.constant([], dtype=tf.float32)
        self._means = tf.Variable(nothing, name=self.CLUSTERS_VARIABLE, validate_shape=False)
        self._covs = tf.Variable(nothing, name=self.CLUSTERS_COVS_VARIABLE, validate_shape=False)
        equal = tf.tile([1.0 / self._num_classes], [self._num_classes])
        self._alpha = tf.Variable(equal, name=self.CLUSTERS_WEIGHT, validate_shape=False)
        self._initialized = tf.Variable(False, dtype=tf.bool, name="initialized")

    def _initialization(self, data: list[Any], initial_means: Any, random_seed: int | None) -> Any:
        """Means as given or among the points; the covariance of the first shard for each Gaussian."""
        means = self._random_points(data, random_seed) if initial_means is None else initial_means
        centered = data[0] - tf.reduce_mean(data[0], 0, keepdims=True)
        degrees = tf.cast(tf.shape(centered)[0], tf.float32) - 1
        if self._full:
            covariance = tf.matmul(centered, centered, transpose_a=True) / degrees + self._min_var
        else:
            covariance = tf.reduce_sum(tf.square(centered), 0) / degrees + _MIN_VARIANCE
        copies = [self._num_classes] + [1] * (2 if self._full else 1)
        covariances = tf.tile(tf.expand_dims(covariance, 0), copies)
        assigned = [
            tf.assign(self._means, tf.expand_dims(means, 1), validate_shape=False),
            tf.assign(self._covs, covariances, validate_shape=False),
        ]
        with tf.control_dependencies(assigned):
            return tf.assign(self._initialized, True).op

    def _random_points(self, data: list[Any], random_seed: int | None) -> Any:
        count = tf.add_n([tf.shape(shard)[0] for shard in data])
        with tf.control_dependencies([tf.assert_less_equal(self._num_classes, count)]):
            limit = tf.cast(count, tf.int64)
            indices = tf.random_uniform([self._num_classes], 0, limit, seed=random_seed, dtype=tf.int64)
        return tf.nn.embedding_lookup(data, indices, partition_strategy="div")

    def _log_probs(self, shard: Any) -> Any:
        """Log of weight times density, ``[n, num_classes]``, for a shard ``[1, n, dimensions]``."""
        if self._full:
            cholesky = tf.cholesky(self._covs + self._min_var)
            log_det = 2.0 * tf.reduce_sum(tf.log(tf.matrix_diag_part(cholesky)), 1)
            difference = tf.transpose(shard - self._means, perm=[0, 2, 1])
            solved = tf.matrix_triangular_solve(cholesky, difference, lower=True)
            distances = tf.transpose(tf.reduce_sum(tf.square(solved), 1))
        else:
            variances = self._covs + _MIN_VARIANCE
            log_det = tf.transpose(tf.reduce_sum(tf.log(variances), 1, keepdims=True))
            squares = tf.matmul(tf.squared_difference(shard, self._means), tf.expand_dims(1.0 / variances, 2))
            distances = tf.transpose(tf.squeeze(squares, [2]))
        constant = tf.cast(self._dimensions, tf.float32) * tf.log(2.0 * np.pi)
        return -0.5 * (constant + log_det + distances) + tf.log(self._alpha)

    def _memberships(self, shard: Any, log_probs: Any, prior: Any) -> Any:
        """How much each point belongs to each Gaussian, ``[n, num_classes]``."""
        weights = tf.exp(tf.expand_dims(log_probs, 0) - prior)
        return tf.reshape(weights, tf.stack([tf.shape(shard)[0], self._num_classes]))

    def _moments(self, shard: Any, w: Any) -> tuple[Any, Any]:
        """Weighted sums of points ``[num_classes, 1, dimensions]`` and of their outer products."""
        weighted = tf.expand_dims(tf.transpose(shard), 0) * tf.expand_dims(tf.transpose(w), 1)
        copies = tf.tile(tf.expand_dims(shard, 0), [self._num_classes, 1, 1])
        return tf.expand_dims(tf.matmul(w, shard, transpose_a=True), 1), tf.matmul(weighted, copies)

    def _maximization(self, data: list[Any]) -> Any:
        """Assigns weights, means and covariances; as on 1.15, means are assigned only together with covariances."""
        first, second = zip(*(self._moments(*args) for args in zip(data, self._w, strict=True)), strict=True)
        with tf.control_dependencies(self._w):
            points_in_k = tf.add_n([tf.reduce_sum(w, 0) for w in self._w])
            train_ops = []
            if "w" in self._params:
                average = points_in_k / len(data)
                train_ops.append(self._alpha.assign(average / (tf.reduce_sum(average) + _EPSILON)))
            divisor = tf.reshape(points_in_k, [self._num_classes, 1, 1]) + _EPSILON
            means_op = self._means.assign(tf.add_n(first) / divisor) if "m" in self._params else tf.no_op()
            if "c" in self._params:
                with tf.control_dependencies([means_op]):
                    covariances = self._covariances(tf.add_n(second) / divisor)
                with tf.control_dependencies([means_op, covariances]):
                    train_ops.append(tf.assign(self._covs, covariances, validate_shape=False))
        return tf.group(*train_ops)

    def _covariances(self, second_moments: Any) -> Any:
        means = self._means.value()
        full = second_moments - tf.matmul(means, means, transpose_a=True) + self._min_var
        return full if self._full else tf.matrix_diag_part(full)
