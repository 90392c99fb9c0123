"""The canned estimators: linear, DNN, both combined, baselines, k-means, with all kinds of feature columns. Runs on Python 3.7 as well."""

import os

import numpy as np

from tests.compat import estimators
from tests.compat.estimators import LABELS, alone, input_fn, known_weights
from tests.compat.harness import numbers

FEATURES = {
    "x": numbers((8, 3), "features"),
    "age": np.array([3.0, 17.0, 25.0, 64.0, 40.0, 9.0, 30.0, 70.0], np.float32),
    "word": np.array(["a", "b", "c", "a", "b", "unknown", "c", "a"]),
    "id": np.array([0, 1, 2, 1, 0, 2, 2, 1]),
    "weight": np.array([1.0, 2.0, 0.5, 1.0, 0.1, 1.0, 3.0, 1.0], np.float32),
}
CLASSES = np.array([0, 1, 2, 1, 0, 2, 2, 1])
TARGETS = numbers((8, 2), "targets")


def linear_columns(tf):
    column = tf.feature_column
    age = column.bucketized_column(column.numeric_column("age"), [18.0, 30.0, 65.0])
    words = column.categorical_column_with_vocabulary_list("word", ["a", "b", "c"], num_oov_buckets=1)
    return [
        column.numeric_column("x", shape=[3], normalizer_fn=lambda x: x * 2.0),
        age,
        words,
        column.categorical_column_with_identity("id", 4),
        column.crossed_column([age, "word"], 7),
        column.weighted_categorical_column(column.categorical_column_with_hash_bucket("word", 5), "weight"),
    ]


def dnn_columns(tf):
    column = tf.feature_column
    words = column.categorical_column_with_vocabulary_list("word", ["a", "b", "c"], default_value=2)
    hashed = column.categorical_column_with_hash_bucket("word", 5)
    return [
        column.numeric_column("x", shape=[3]),
        column.embedding_column(words, 2),
        column.indicator_column(column.categorical_column_with_identity("id", 4, default_value=3)),
        column.embedding_column(column.weighted_categorical_column(hashed, "weight"), 2, combiner="sum"),
        *column.shared_embedding_columns([column.categorical_column_with_hash_bucket("word", 6)], 1),
    ]


def trained(tf, estimator, folder, kind, labels=LABELS, asked=("evaluate",), **settings):
    """Train two steps from known weights; what the variables, and evaluation or prediction, say."""
    config = estimator.RunConfig(save_summary_steps=None, log_step_count_steps=None)
    path = os.path.join(folder, "model")
    found = getattr(estimator, kind)(model_dir=path, config=config, **settings)
    found.train(input_fn(estimator, labels=labels, features=FEATURES), hooks=[known_weights(tf)], steps=2)
    return estimators.outcome(found, estimator, asked, labels=labels, features=FEATURES)


@alone
def case_linear_classifier(tf, estimator, folder):
    return trained(tf, estimator, folder, "LinearClassifier", asked=("predict",), feature_columns=linear_columns(tf))


@alone
def case_linear_classifier_of_words(tf, estimator, folder):
    return trained(
        tf,
        estimator,
        folder,
        "LinearClassifier",
        np.array(["no", "yes", "may"])[CLASSES],
        ("evaluate", "predict"),
        feature_columns=linear_columns(tf)[2:4],
        n_classes=3,
        label_vocabulary=["no", "yes", "may"],
        weight_column="weight",
        optimizer=tf.train.GradientDescentOptimizer(0.1),
        sparse_combiner="mean",
    )


@alone
def case_linear_regressor(tf, estimator, folder):
    return trained(
        tf,
        estimator,
        folder,
        "LinearRegressor",
        TARGETS,
        feature_columns=linear_columns(tf)[:3],
        label_dimension=2,
        optimizer=lambda: tf.train.GradientDescentOptimizer(0.1),
        partitioner=tf.fixed_size_partitioner(2),
    )


@alone
def case_dnn_classifier(tf, estimator, folder):
    columns = dnn_columns(tf)
    return trained(
        tf, estimator, folder, "DNNClassifier", CLASSES, feature_columns=columns, hidden_units=[4, 3], n_classes=3
    )


@alone
def case_dnn_classifier_with_batch_norm(tf, estimator, folder):
    return trained(
        tf,
        estimator,
        folder,
        "DNNClassifier",
        feature_columns=dnn_columns(tf)[:2],
        hidden_units=[3],
        batch_norm=True,
        optimizer=tf.train.RMSPropOptimizer(0.01),
        loss_reduction=tf.losses.Reduction.MEAN,
    )


@alone
def case_dnn_regressor(tf, estimator, folder):
    return trained(
        tf,
        estimator,
        folder,
        "DNNRegressor",
        TARGETS[:, 0],
        ("predict",),
        feature_columns=dnn_columns(tf)[:3],
        hidden_units=[4],
        activation_fn=tf.nn.tanh,
        weight_column=tf.feature_column.numeric_column("weight"),
        input_layer_partitioner=tf.fixed_size_partitioner(2),
        optimizer="SGD",
    )


@alone
def case_wide_and_deep_classifier(tf, estimator, folder):
    return trained(
        tf,
        estimator,
        folder,
        "DNNLinearCombinedClassifier",
        asked=("predict",),
        linear_feature_columns=linear_columns(tf)[4:],
        dnn_feature_columns=dnn_columns(tf)[1:3],
        dnn_hidden_units=[4, 2],
    )


@alone
def case_wide_and_deep_regressor(tf, estimator, folder):
    return trained(
        tf,
        estimator,
        folder,
        "DNNLinearCombinedRegressor",
        TARGETS,
        linear_feature_columns=linear_columns(tf)[1:2],
        dnn_feature_columns=dnn_columns(tf)[:1],
        dnn_hidden_units=[3],
        label_dimension=2,
        dnn_optimizer="SGD",
        linear_optimizer="SGD",
    )


@alone
def case_baselines(tf, estimator, folder):
    asked = ("evaluate", "predict")
    places = [os.path.join(folder, str(i)) for i in range(2)]
    return [
        trained(tf, estimator, places[0], "BaselineClassifier", LABELS, asked, weight_column="weight", optimizer="SGD"),
        trained(tf, estimator, places[1], "BaselineRegressor", TARGETS, asked, label_dimension=2),
    ]
