"""What canned estimators are made of: heads, parsing, exports, SDCA, k-means, logits for one's own model_fn. Runs on Python 3.7 as well."""

import os

import numpy as np

from tests.compat.cases_canned import FEATURES, linear_columns
from tests.compat.cases_estimator_loop import example, signatures
from tests.compat.estimators import LABELS, alone, input_fn, known_weights, made, refused, variables
from tests.compat.harness import numbers

LOGITS = numbers((4, 3), "logits", 2.0)


def measured(tf, estimator, head, logits, labels):
    """Loss, predictions, metrics and export outputs of a head."""
    features, modes = {"weight": tf.constant([1.0, 2.0, 0.5, 1.0])}, estimator.ModeKeys
    spec = head.create_estimator_spec(features, modes.EVAL, tf.constant(logits), labels)
    outputs = head.create_estimator_spec(features, modes.PREDICT, tf.constant(logits)).export_outputs
    with tf.Session() as session:
        session.run([tf.local_variables_initializer(), tf.tables_initializer()])
        session.run({name: update for name, (_, update) in spec.eval_metric_ops.items()})
        values = session.run({name: value for name, (value, _) in spec.eval_metric_ops.items()})
        loss, predictions = session.run([spec.loss, spec.predictions])
    return [loss, predictions, values, {str(k): type(v).__name__ for k, v in outputs.items()}, head.name]


@alone
def case_heads(tf, estimator, folder):
    words = np.array(["no", "yes", "may"])
    flags = np.array([[1, 0, 1], [0, 0, 0], [1, 1, 1], [0, 1, 0]])
    parts = [estimator.PoissonRegressionHead(name="a"), estimator.LogisticRegressionHead(name="b")]
    targets = {"a": np.abs(LOGITS[:, 2:]), "b": [[1.0], [0.0], [1.0], [1.0]]}
    given = {
        "binary": (estimator.BinaryClassHead("weight", thresholds=[0.3]), LOGITS[:, :1], [[1], [0], [1], [1]]),
        "many": (estimator.MultiClassHead(3, "weight", list(words)), LOGITS, words[[0, 1, 2, 1]].reshape(4, 1)),
        "labels": (estimator.MultiLabelHead(3, classes_for_class_based_metrics=[1]), LOGITS, flags),
        "regression": (estimator.RegressionHead(2, weight_column="weight"), LOGITS[:, :2], LOGITS[:, 1:] * 0.5),
        "several": (estimator.MultiHead(parts, [2.0, 1.0]), LOGITS[:, :2], targets),
    }
    found = {}
    for name, parameters in given.items():
        with tf.Graph().as_default():
            found[name] = measured(tf, estimator, *parameters)
    return found


@alone
def case_heads_in_estimators(tf, estimator, folder):
    columns = linear_columns(tf)[:1]
    trained = estimator.BaselineEstimator(estimator.BinaryClassHead(), os.path.join(folder, "a"), "SGD")
    trained.train(input_fn(estimator), steps=2)
    dnn = estimator.DNNEstimator(estimator.BinaryClassHead(), [2], columns)
    return [
        trained.evaluate(input_fn(estimator, 1)),
        variables(trained),
        # heads of tf.estimator want Keras optimizers there
        refused(dnn.train, input_fn(estimator, features=FEATURES), steps=1),
    ]


@alone
def case_parsing_and_serving(tf, estimator, folder):
    columns = [tf.feature_column.numeric_column("x", shape=[3]), tf.feature_column.numeric_column("age")]
    spec = estimator.classifier_parse_example_spec(columns, "label", weight_column="weight")
    other = estimator.regressor_parse_example_spec(columns, "label", label_dimension=2, label_default=[0.0, 1.0])
    rows = [example(tf, x=FEATURES["x"][i], age=[FEATURES["age"][i]], weight=[1.0]) for i in range(4)]

    def data():
        found = tf.data.Dataset.from_tensor_slices(rows).batch(2)
        known = {k: v for k, v in spec.items() if k != "label"}
        return found.map(lambda text: (tf.parse_example(text, known), tf.constant([[0], [1]])))

    trained = estimator.LinearClassifier(columns, os.path.join(folder, "model"), weight_column="weight")
    trained.train(data, hooks=[known_weights(tf)])
    receiver = estimator.export.build_parsing_serving_input_receiver_fn(
        tf.feature_column.make_parse_example_spec(columns)
    )
    path = trained.export_saved_model(os.path.join(folder, "export"), receiver).decode()
    specs = [sorted((k, list(v.shape), v.dtype.name, v.default_value) for k, v in s.items()) for s in (spec, other)]
    return [specs, signatures(tf, path), variables(trained)]


@alone
def case_sdca(tf, estimator, folder):
    columns = [tf.feature_column.numeric_column("x", shape=[3])]
    features = dict(FEATURES, key=np.array([str(i) for i in range(8)]))
    optimizer = estimator.experimental.LinearSDCA(example_id_column="key", symmetric_l2_regularization=0.1)
    trained = estimator.LinearClassifier(columns, os.path.join(folder, "model"), optimizer=optimizer)
    trained.train(input_fn(estimator, batch=8, features=features), steps=100)
    found = variables(trained)
    # converged: the order of examples is random
    return sorted(found), {k: np.round(v, 3) for k, v in found.items() if "weights" in k}


@alone
def case_kmeans(tf, estimator, folder):
    def data():
        return tf.train.limit_epochs(tf.constant(FEATURES["x"]), num_epochs=1)

    experimental = estimator.experimental
    trained = experimental.KMeans(2, os.path.join(folder, "model"), FEATURES["x"][:2], use_mini_batch=False)
    scores = []
    for _ in range(2):
        trained.train(data)
        scores.append(trained.score(data))
    return [
        scores,
        trained.cluster_centers(),
        list(trained.predict_cluster_index(data)),
        list(trained.transform(data)),
        sorted(trained.get_variable_names()),
        [getattr(experimental.KMeans, n) for n in ("SQUARED_EUCLIDEAN_DISTANCE", "COSINE_DISTANCE", "ALL_DISTANCES")],
        refused(experimental.KMeans, 2, initial_clusters="unknown"),
    ]


@alone
def case_logits_of_canned_models(tf, estimator, folder):
    experimental = estimator.experimental
    columns = linear_columns(tf)
    wide = experimental.linear_logit_fn_builder(2, columns[1:3])
    deep = experimental.dnn_logit_fn_builder(2, [3], columns[:1], tf.nn.relu, None, None, False)

    def model_fn(features, labels, mode):
        with tf.variable_scope("deep"):
            logits = experimental.call_logit_fn(deep, features, mode, None, None)
        with tf.variable_scope("wide"):
            logits += experimental.call_logit_fn(wide, features, mode, None, None)
        loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
        step = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
        return estimator.EstimatorSpec(mode, logits, loss, step)

    trained = made(tf, estimator, folder, model_fn)
    trained.train(input_fn(estimator, features=FEATURES, labels=LABELS), hooks=[known_weights(tf)], steps=1)
    return variables(trained)
