"""tf.contrib.metrics. Runs on Python 3.7 as well."""

import numpy as np

from tests.compat.harness import Run

PREDICTED = np.array([0.1, 0.8, 0.45, 0.6, 0.3, 0.9], np.float32)
TRUE = np.array([0, 1, 1, 0, 0, 1])
NAMES = (
    "accuracy",
    "auc",
    "concat",
    "false_negatives",
    "false_positives",
    "mean",
    "mean_absolute_error",
    "mean_squared_error",
    "precision",
    "recall",
    "root_mean_squared_error",
    "true_negatives",
    "true_positives",
)


def case_streaming(tf, contrib):
    values, updates = {}, {}
    rounded = tf.constant((PREDICTED > 0.5).astype(np.int64))
    for name in NAMES:
        metric = getattr(contrib.metrics, "streaming_" + name)
        if name in ("mean", "concat"):
            values[name], updates[name] = metric(tf.constant(PREDICTED))
        elif name in ("auc", "mean_absolute_error", "mean_squared_error", "root_mean_squared_error"):
            values[name], updates[name] = metric(tf.constant(PREDICTED), tf.constant(TRUE, tf.float32))
        else:
            values[name], updates[name] = metric(rounded, tf.constant(TRUE))
    return Run({"updates": updates}, steps=2, also=lambda session: session.run(values))


def case_f1_score(tf, contrib):
    value, update = contrib.metrics.f1_score(tf.constant(TRUE), tf.constant(PREDICTED))
    weighted, weighted_update = contrib.metrics.f1_score(
        tf.constant(TRUE), tf.constant(PREDICTED), weights=tf.constant([1.0, 2, 1, 0, 1, 1]), num_thresholds=10
    )
    return Run({"updates": [update, weighted_update]}, steps=2, also=lambda session: session.run([value, weighted]))


def case_others(tf, contrib):
    metrics = contrib.metrics
    kappa, kappa_update = metrics.cohen_kappa(tf.constant([0, 1, 1, 0]), tf.constant([0, 1, 0, 0]), 2)
    iou, iou_update = metrics.streaming_mean_iou(tf.constant([0, 1, 1]), tf.constant([0, 1, 0]), 2)
    cosine, cosine_update = metrics.streaming_pearson_correlation(tf.constant(PREDICTED), tf.constant(TRUE, tf.float32))
    found = {
        "accuracy": metrics.accuracy(tf.constant([1, 2, 3]), tf.constant([1, 0, 3])),
        "histogram": metrics.auc_using_histogram(tf.constant(TRUE > 0), tf.constant(PREDICTED), (0.0, 1.0))[1],
        "updates": [kappa_update, iou_update, cosine_update],
        "confusion": metrics.confusion_matrix(tf.constant([0, 1]), tf.constant([1, 1])),
        "size": metrics.set_size(metrics.set_intersection(tf.constant([[1, 2]]), tf.constant([[2, 3]]))),
    }
    return Run(found, also=lambda session: session.run([kappa, iou, cosine]))
