"""Heads and changes of tf.contrib.estimator, and predictors. Runs on Python 3.7 as well."""

import os

import numpy as np

from tests.compat.cases_learn import BOTH, CLASSES, TARGETS, X, alone
from tests.compat.estimators import attempt, estimator_of, known_weights
from tests.compat.harness import Run

SEVERAL = (np.arange(36).reshape(12, 3) % 5 < 2).astype(np.int64)


def trained_with(tf, contrib, folder, head, labels, extra=None, steps=2):
    """An Estimator of a linear model with a head, after a few steps."""
    core = estimator_of(tf)

    def model_fn(features, labels, mode):
        kernel = tf.get_variable("kernel", [3, head.logits_dimension])
        logits = tf.matmul(features["x"], kernel)
        optimizer = contrib.estimator.clip_gradients_by_norm(tf.train.GradientDescentOptimizer(0.1), 0.3)
        more = {"regularization_losses": [extra(kernel)]} if extra else {}
        spec = head.create_estimator_spec(features, mode, logits, labels, optimizer=optimizer, **more)
        if mode == core.ModeKeys.PREDICT:
            # keys of several heads are pairs
            predictions = {"/".join(k) if isinstance(k, tuple) else k: v for k, v in spec.predictions.items()}
            return core.EstimatorSpec(mode, predictions=predictions, export_outputs=spec.export_outputs)
        return spec

    settings = core.RunConfig(log_step_count_steps=None, save_summary_steps=None)
    made = core.Estimator(model_fn, folder, settings)
    return made.train(data(tf, labels), hooks=[known_weights(tf)], steps=steps)


def data(tf, labels):
    def input_fn():
        features = {"x": tf.constant(X), "weight": tf.constant(np.abs(X[:, :1]) + 0.5)}
        given = {k: tf.constant(v) for k, v in labels.items()} if isinstance(labels, dict) else labels
        return features, given if isinstance(given, dict) else tensor(tf, labels)

    return input_fn


def tensor(tf, labels):
    return labels() if callable(labels) else tf.constant(labels)


def everything(tf, trained, labels):
    return {
        "evaluated": trained.evaluate(data(tf, labels), steps=1),
        "predicted": next(trained.predict(data(tf, labels))),
        "kernel": trained.get_variable_value("kernel"),
    }


@alone
def case_heads(tf, contrib, folder):
    ours = contrib.estimator
    regularizer = lambda kernel: tf.reduce_sum(tf.square(kernel))  # noqa: E731
    heads = {
        "binary": (ours.binary_classification_head("weight", [0.3]), BOTH[:, None], None),
        "classes": (ours.multi_class_head(3, name="own"), CLASSES[:, None], regularizer),
        "numbers": (ours.regression_head(inverse_link_fn=tf.tanh), TARGETS[:, None], None),
        "counts": (ours.poisson_regression_head("weight"), CLASSES[:, None].astype(np.float32), None),
        "shares": (ours.logistic_regression_head(), np.abs(np.tanh(TARGETS))[:, None], None),
    }
    return {
        name: everything(tf, trained_with(tf, contrib, os.path.join(folder, name), head, labels, extra), labels)
        for name, (head, labels, extra) in sorted(heads.items())
    }


def sparse_names(tf):
    return lambda: tf.SparseTensor([[i, 0] for i in range(12)], ["abc"[c] for c in CLASSES], [12, 2])


@alone
def case_heads_of_labels(tf, contrib, folder):
    head = contrib.estimator.multi_label_head
    weighted = head(
        3, "weight", [0.4], loss_reduction=tf.losses.Reduction.SUM, classes_for_class_based_metrics=[0, 2], name="own"
    )
    named = head(3, label_vocabulary=["a", "b", "c"], classes_for_class_based_metrics=["b"])
    own = head(
        3, loss_fn=lambda labels, logits: tf.reduce_mean(tf.abs(tf.cast(labels, tf.float32) - logits), 1, keepdims=True)
    )
    regularizer = lambda kernel: tf.reduce_sum(tf.square(kernel))  # noqa: E731
    found = {}
    for name, (made, labels, extra) in {
        "weighted": (weighted, SEVERAL, regularizer),
        "named": (named, sparse_names(tf), None),
        "own": (own, SEVERAL, None),
    }.items():
        found[name] = everything(tf, trained_with(tf, contrib, os.path.join(folder, name), made, labels, extra), labels)
    return found, [
        attempt(head, 1),
        attempt(head, 3, thresholds=[1.5]),
        attempt(head, 3, label_vocabulary="abc"),
        attempt(head, 3, label_vocabulary=["a"]),
        attempt(head, 3, loss_reduction="none"),
        attempt(head, 3, loss_fn=lambda logits: 0)[0],
        attempt(head, 3, classes_for_class_based_metrics=["a"]),
        attempt(head, 3, classes_for_class_based_metrics=[3]),
    ]


@alone
def case_several_heads_as_one(tf, contrib, folder):
    ours = contrib.estimator
    heads = [ours.multi_class_head(3, name="first"), ours.regression_head(name="second")]
    labels = {"first": CLASSES[:, None], "second": TARGETS[:, None]}
    found = {}
    for name, weights in (("plain", None), ("weighted", [1.0, 0.25])):
        head = ours.multi_head(heads, weights)
        trained = trained_with(tf, contrib, os.path.join(folder, name), head, labels)
        found[name] = {
            "evaluated": trained.evaluate(data(tf, labels), steps=1),
            "predicted": next(trained.predict(data(tf, labels))),
            "kernel": trained.get_variable_value("kernel"),
        }
    with tf.Graph().as_default():
        spec = head.create_estimator_spec({}, "infer", tf.zeros([2, 4]))
        loss = head.create_loss(
            {}, "eval", tf.zeros([2, 4]), {"first": tf.ones([2, 1], tf.int64), "second": tf.ones([2, 1])}
        )
        exports = sorted((k, type(v).__name__) for k, v in spec.export_outputs.items())
        split = attempt(head.create_estimator_spec, {}, "infer", tf.zeros([2, 5]))[0]
        wrong = attempt(head.create_estimator_spec, {}, "eval", tf.zeros([2, 4]), [1])
    found["others"] = [head.name, head.logits_dimension, exports, sorted(loss.unreduced_loss), split, wrong]
    found["errors"] = [
        attempt(ours.multi_head, []),
        attempt(ours.multi_head, heads, [1.0]),
        attempt(ours.multi_head, [ours.regression_head()])[0],
    ]
    return found


@alone
def case_changed_estimators(tf, contrib, folder):
    ours = contrib.estimator
    head = ours.regression_head()
    first = trained_with(tf, contrib, folder, head, TARGETS[:, None])

    def metric_fn(predictions, features, labels):
        return {"mine": tf.metrics.mean(predictions["predictions"] - labels + features["x"][:, :1])}

    added = ours.add_metrics(first, metric_fn)
    forward = ours.forward_features
    labels = TARGETS[:, None]
    return [
        added.evaluate(data(tf, labels), steps=1),
        next(forward(first, "weight").predict(data(tf, labels))),
        next(forward(first).predict(data(tf, labels))),
        attempt(forward, first, 3),
        attempt(forward, first, [3]),
        attempt(lambda: next(forward(first, ["no"]).predict(data(tf, labels))))[0],
        attempt(lambda: next(forward(first, ["x"], {"x": 0}).predict(data(tf, labels)))),
    ]


@alone
def case_predictors(tf, contrib, folder):
    core, predictor = estimator_of(tf), contrib.predictor
    trained = trained_with(
        tf, contrib, os.path.join(folder, "model"), contrib.estimator.multi_class_head(3), CLASSES[:, None]
    )

    def receiver_fn():
        place = tf.placeholder(tf.float32, [None, 3], "place")
        return core.export.ServingInputReceiver({"x": place}, {"x": place})

    path = trained.export_savedmodel(os.path.join(folder, "out"), receiver_fn).decode()
    loaded = predictor.from_saved_model(path, signature_def_key="predict")
    default = predictor.from_saved_model(path)
    named = predictor.from_saved_model(path, input_names={"in": "place:0"}, output_names={"out": "MatMul:0"})
    direct = predictor.from_estimator(trained, receiver_fn, "predict")
    found = {"loaded": loaded({"x": X[:2]}), "named": named({"in": X[:2]}), "direct": direct({"x": X[:2]})}
    found["described"] = [
        sorted(loaded.feed_tensors),
        sorted(loaded.fetch_tensors),
        sorted(default.fetch_tensors),
        named.graph is named.session.graph,
    ]
    found["errors"] = [
        attempt(loaded, {"y": 1}),
        sorted(attempt(predictor.from_saved_model, path, "no").feed_tensors),
        attempt(predictor.from_saved_model, path, tags="no")[0],
        attempt(predictor.from_saved_model, path, input_names={}),
        attempt(predictor.from_saved_model, path, "predict", input_names={}, output_names={}),
        attempt(predictor.from_estimator, trained, receiver_fn, "no")[0],
        attempt(predictor.from_contrib_estimator, trained, receiver_fn)[0],
    ]
    return found


@alone
def case_predictors_of_old_estimators(tf, contrib, folder):
    learn = contrib.learn
    column = contrib.layers.real_valued_column("x", dimension=3)
    trained = learn.LinearRegressor([column], os.path.join(folder, "model"), optimizer="SGD")
    trained.fit(input_fn=data(tf, TARGETS), steps=1, monitors=[known_weights(tf)])
    serving = learn.build_parsing_serving_input_fn(contrib.layers.create_feature_spec_for_parsing([column]))
    made = contrib.predictor.from_contrib_estimator(trained, serving)
    path = trained.export_savedmodel(os.path.join(folder, "out"), serving).decode()
    loaded = contrib.predictor.from_saved_model(path)
    number = tf.train.Feature(float_list=tf.train.FloatList(value=X[0]))
    example = [tf.train.Example(features=tf.train.Features(feature={"x": number})).SerializeToString()]
    wrong = attempt(contrib.predictor.from_estimator, trained, serving)[0]
    return made({"examples": example}), loaded({"inputs": example}), wrong


def case_logit_functions(tf, contrib):
    ours = contrib.estimator

    def logit_fn(features, mode, params):
        return features["x"] * params["scale"]

    features = {"x": tf.constant(X)}
    wide = ours.linear_logit_fn_builder(2, [tf.feature_column.numeric_column("x", shape=[3])])(features)
    wrong = attempt(ours.call_logit_fn, lambda features: 3, features, "train", None, None)[0]
    called = ours.call_logit_fn(logit_fn, features, "train", {"scale": 2.0}, None)
    return Run({"wide": wide, "called": called}, also=lambda _: wrong)
