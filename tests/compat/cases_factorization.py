"""Clustering of tf.contrib.factorization. Runs on Python 3.7 as well."""

import tempfile

import numpy as np

from tests.compat.harness import Run, numbers

CENTERS = np.array([[0.0, 3.0], [4.0, 0.0], [-4.0, -3.0]], np.float32)
POINTS = (CENTERS[np.arange(30) % 3] + numbers((30, 2), "points")).astype(np.float32)


def k_means(tf, contrib, steps=3, points=POINTS, **kwargs):
    """All six results of the graph while it trains."""
    x = tf.constant(points)
    graph = contrib.factorization.KMeans(x, num_clusters=3, **kwargs).training_graph()
    all_scores, indices, scores, initialized, init_op, train_op = graph
    _read_before_updates(tf)

    def also(session):
        found = [session.run(initialized)]
        while not session.run(initialized):
            session.run(init_op)
        for _ in range(steps):
            found.append(session.run([tf.global_variables(), all_scores, indices, scores]))
            session.run(train_op, {indices[0]: found[-1][2][0]})
        return found

    return Run(keep=True, also=also)


def _read_before_updates(tf):
    """Mini-batch updates read the counts that they change, in no fixed order on either version: here they read first."""
    operations = tf.get_default_graph().get_operations()
    reads = [op for op in operations if op.type.startswith("Gather")]
    for op in operations:
        if op.type == "ScatterAdd":
            op._add_control_inputs(reads)


def case_k_means(tf, contrib):
    return k_means(tf, contrib)


def case_k_means_of_cosines(tf, contrib):
    return k_means(tf, contrib, distance_metric="cosine")


def case_k_means_in_mini_batches(tf, contrib):
    return k_means(tf, contrib, distance_metric=contrib.factorization.COSINE_DISTANCE, use_mini_batch=True)


def case_k_means_in_iterations_of_mini_batches(tf, contrib):
    return k_means(tf, contrib, use_mini_batch=True, mini_batch_steps_per_iteration=2, random_seed=4)


def case_k_means_plus_plus(tf, contrib):
    return k_means(tf, contrib, steps=1, initial_clusters=contrib.factorization.KMEANS_PLUS_PLUS_INIT, random_seed=7)


def case_k_means_from_chains(tf, contrib):
    return k_means(tf, contrib, steps=1, initial_clusters="kmc2", kmc2_chain_length=20, random_seed=7)


def case_k_means_from_given_centers(tf, contrib):
    return k_means(tf, contrib, initial_clusters=CENTERS)


def case_k_means_from_a_function(tf, contrib):
    def first(inputs, count):
        return inputs[0][:count]

    return k_means(tf, contrib, initial_clusters=first)


def case_k_means_of_few_points(tf, contrib):
    return k_means(tf, contrib, steps=1, points=POINTS[:3])


def case_k_means_refuses_what_it_does_not_know(tf, contrib):
    factorization = contrib.factorization
    refused = []
    for make in (factorization.KMeans, lambda _, k, **kwargs: factorization.KMeansClustering(k, **kwargs)):
        for kwargs in ({"initial_clusters": "guess"}, {"distance_metric": "manhattan"}):
            try:
                make(tf.constant(POINTS), 3, **kwargs)
            except ValueError:
                refused.append(sorted(kwargs))
    return Run(also=lambda _: refused)


def case_clustering_estimator(tf, contrib):
    def input_fn():
        return tf.train.limit_epochs(tf.constant(POINTS), num_epochs=1)

    def also(_):
        with tempfile.TemporaryDirectory() as folder:
            estimator = contrib.factorization.KMeansClustering(
                3, folder, "kmeans_plus_plus", random_seed=2, use_mini_batch=False
            )
            found = []
            for _ in range(2):
                estimator.train(input_fn)
                found.append([estimator.cluster_centers(), float(estimator.score(input_fn))])
            found.append([sorted(estimator.get_variable_names()), int(estimator.get_variable_value("global_step"))])
            found.append(list(estimator.transform(input_fn))[:4])
            return [*found, [int(i) for i in estimator.predict_cluster_index(input_fn)]]

    return Run(also=also)


def case_clustering_estimator_with_features(tf, contrib):
    columns = [tf.feature_column.numeric_column("x"), tf.feature_column.numeric_column("y")]

    def input_fn():
        return {"y": tf.constant(POINTS[:, 1:]), "x": tf.constant(POINTS[:, :1]), "z": tf.constant(POINTS)}, None

    def also(_):
        with tempfile.TemporaryDirectory() as folder:
            estimator = contrib.factorization.KMeansClustering(
                2,
                folder,
                CENTERS[:2],
                contrib.factorization.KMeansClustering.COSINE_DISTANCE,
                use_mini_batch=False,
                relative_tolerance=0.01,
                feature_columns=columns,
            )
            estimator.train(input_fn, max_steps=50)
            return [estimator.cluster_centers(), int(estimator.get_variable_value("global_step"))]

    return Run(also=also)


def mixture(tf, contrib, steps=3, **kwargs):
    graph = contrib.factorization.gmm(tf.constant(POINTS), num_clusters=3, **kwargs)
    likelihood, scores, assignments, train_op, init_op, initialized = graph

    def also(session):
        session.run(init_op)
        found = [session.run(initialized)]
        for _ in range(steps):
            session.run(train_op)
            found.append(session.run([likelihood, tf.global_variables(), assignments]))
        return [*found, session.run(scores)]

    return Run(keep=True, also=also)


def case_mixture(tf, contrib):
    return mixture(tf, contrib, initial_clusters=CENTERS, random_seed=0)


def case_mixture_from_random_points(tf, contrib):
    return mixture(tf, contrib, steps=1, initial_clusters="random", random_seed=3)


def case_diagonal_mixture(tf, contrib):
    return mixture(tf, contrib, initial_clusters=CENTERS, random_seed=0, covariance_type="diag")


def case_mixture_with_fixed_weights(tf, contrib):
    return mixture(tf, contrib, initial_clusters=CENTERS, random_seed=0, params="mc")


def case_mixture_of_two_shards(tf, contrib):
    shards = [tf.constant(POINTS[:15]), tf.constant(POINTS[15:])]
    tool = contrib.factorization.GmmAlgorithm(shards, 3, tf.constant(CENTERS), covariance_type="diag")

    def also(session):
        session.run(tool.init_ops())
        session.run(tool.training_ops())
        return session.run([tool.alphas(), tool.clusters(), tool.covariances(), *tool.assignments()])

    return Run(keep=True, also=also)
