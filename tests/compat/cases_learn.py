"""The old estimators of tf.contrib.learn: train, evaluate, predict, export. Runs on Python 3.7 as well."""

import os
import shutil
import tempfile

import numpy as np

from tests.compat.estimators import attempt, known_weights
from tests.compat.harness import Run, numbers

X = numbers((12, 3), "points")
CLASSES = np.array([0, 1, 2, 1, 0, 2, 2, 1, 0, 0, 1, 2])
BOTH = (CLASSES > 0).astype(np.int64)
TARGETS = numbers((12,), "targets")
WORDS = [["red"], ["blue"], ["red"], ["green"]] * 3


def alone(function):
    """A case whose graphs are made by estimators: ``function(tf, contrib, folder)`` returns plain results."""

    def case(tf, contrib):
        def also(_):
            folder = tempfile.mkdtemp()
            try:
                return function(tf, contrib, folder)
            finally:
                shutil.rmtree(folder)

        return Run(also=also)

    return case


def recorder(tf):
    """A hook that keeps the loss of each step in ``losses``."""

    class Recorder(tf.train.SessionRunHook):
        def __init__(self):
            self.losses = []

        def before_run(self, context):
            return tf.train.SessionRunArgs(tf.get_collection(tf.GraphKeys.LOSSES)[0])

        def after_run(self, context, values):
            self.losses.append(values.results)

    return Recorder()


def config(contrib, **kwargs):
    kwargs.setdefault("save_summary_steps", None)
    return contrib.learn.RunConfig(log_step_count_steps=None, tf_random_seed=1, **kwargs)


def columns(contrib):
    layers = contrib.layers
    word = layers.sparse_column_with_keys("word", ["red", "green", "blue"])
    return [layers.real_valued_column("x", dimension=3), word], layers.embedding_column(word, 2)


def input_fn(tf, labels=CLASSES, more=None):
    """The whole data in each step."""

    def made():
        features = {"x": tf.constant(X), "word": tf.constant(WORDS), "weight": tf.constant(np.abs(X[:, :1]) + 0.5)}
        given = tf.constant(labels)
        return features, {"label": given, "other": tf.constant(TARGETS)} if more else given

    return made


def everything(tf, trained, data, steps=3, predicts=True, **evaluation):
    """Losses of the steps, values of the variables, metrics and predictions."""
    losses = recorder(tf)
    same = trained.fit(input_fn=data, steps=steps, monitors=[known_weights(tf), losses]) is trained
    return {
        "losses": losses.losses,
        "same": same,
        "variables": {name: trained.get_variable_value(name) for name in trained.get_variable_names()},
        "evaluated": trained.evaluate(input_fn=data, steps=1, **evaluation),
        "predicted": list(trained.predict(input_fn=data)) if predicts else None,
    }


@alone
def case_linear_classifier(tf, contrib, folder):
    trained = contrib.learn.LinearClassifier(columns(contrib)[0], folder, config=config(contrib))
    found = everything(tf, trained, input_fn(tf, BOTH))
    found["at once"] = trained.predict_classes(input_fn=input_fn(tf, BOTH), as_iterable=False)
    found["logits"] = list(trained.predict(input_fn=input_fn(tf, BOTH), outputs=["logits", "logistic"]))
    return found


@alone
def case_linear_classifier_of_three_classes(tf, contrib, folder):
    learn = contrib.learn
    trained = learn.LinearClassifier(
        columns(contrib)[0],
        folder,
        n_classes=3,
        weight_column_name="weight",
        optimizer=tf.train.GradientDescentOptimizer(0.1),
        gradient_clip_norm=0.5,
        config=config(contrib),
    )
    metrics = {
        "own": learn.MetricSpec(metric_fn=tf.metrics.accuracy, prediction_key="classes"),
        "weighted": learn.MetricSpec(
            lambda predictions, targets, weights: tf.metrics.mean(predictions, weights),
            "probabilities",
            weight_key="weight",
        ),
    }
    return everything(tf, trained, input_fn(tf, CLASSES[:, None]), metrics=metrics, name="some")


@alone
def case_linear_classifier_with_label_keys(tf, contrib, folder):
    names = np.array(["zero", "one", "two"])
    trained = contrib.learn.LinearClassifier(
        columns(contrib)[0][:1],
        folder,
        n_classes=3,
        optimizer="SGD",
        label_keys=["zero", "one", "two"],
        config=config(contrib),
    )
    return everything(tf, trained, input_fn(tf, names[CLASSES].tolist()))


@alone
def case_linear_regressor(tf, contrib, folder):
    trained = contrib.learn.LinearRegressor(columns(contrib)[0], folder, label_dimension=1, config=config(contrib))
    found = everything(tf, trained, input_fn(tf, TARGETS))
    found["scores"] = trained.predict_scores(input_fn=input_fn(tf, TARGETS), as_iterable=False)
    return found


@alone
def case_network_of_the_iris_tutorial(tf, contrib, folder):
    learn = contrib.learn
    feature_columns = learn.infer_real_valued_columns_from_input(X)
    trained = learn.DNNClassifier([5, 4], feature_columns, folder, n_classes=3, config=config(contrib))
    losses = recorder(tf)
    trained.fit(x=X, y=CLASSES, steps=4, batch_size=5, monitors=[known_weights(tf), losses])
    trained.partial_fit(x=X, y=CLASSES, monitors=[losses])
    return {
        "columns": [str(c) for c in feature_columns],
        "losses": losses.losses,
        "variables": {name: trained.get_variable_value(name) for name in trained.get_variable_names()},
        "evaluated": trained.evaluate(x=X, y=CLASSES, batch_size=4),
        "predicted": list(trained.predict(X)),
        "probabilities": list(trained.predict_proba(X, batch_size=5)),
        "at once": trained.predict(X, as_iterable=False),
        "files": sorted(f.split(".1")[0] for f in os.listdir(folder)),
    }


@alone
def case_network_with_embeddings(tf, contrib, folder):
    _, embedding = columns(contrib)
    trained = contrib.learn.DNNClassifier(
        [4],
        [embedding, contrib.layers.real_valued_column("x", dimension=3)],
        folder,
        weight_column_name="weight",
        gradient_clip_norm=1.0,
        embedding_lr_multipliers={embedding: 0.5},
        config=config(contrib),
    )
    return everything(tf, trained, input_fn(tf, BOTH[:, None]))


@alone
def case_network_for_numbers(tf, contrib, folder):
    targets = numbers((12, 2), "two targets")
    trained = contrib.learn.DNNRegressor(
        [4],
        [tf.feature_column.numeric_column("x", shape=[3])],
        folder,
        activation_fn="tanh",
        optimizer=lambda: tf.train.GradientDescentOptimizer(0.1),
        label_dimension=2,
        config=config(contrib),
    )
    metrics = {"plain": lambda predictions, labels: tf.metrics.mean(predictions - labels)}
    return everything(tf, trained, input_fn(tf, targets), metrics=metrics)


@alone
def case_wide_and_deep(tf, contrib, folder):
    wide, embedding = columns(contrib)
    crossed = contrib.layers.crossed_column([wide[1], contrib.layers.sparse_column_with_hash_bucket("word", 5)], 7)
    trained = contrib.learn.DNNLinearCombinedClassifier(
        folder,
        n_classes=3,
        linear_feature_columns=[*wide, crossed],
        dnn_feature_columns=[embedding],
        dnn_hidden_units=[4, 3],
        embedding_lr_multipliers={embedding: 2.0},
        config=config(contrib),
    )
    return everything(tf, trained, input_fn(tf))


@alone
def case_wide_and_deep_for_numbers(tf, contrib, folder):
    wide, embedding = columns(contrib)
    trained = contrib.learn.DNNLinearCombinedRegressor(
        folder,
        weight_column_name="weight",
        linear_feature_columns=wide,
        linear_optimizer=tf.train.AdagradOptimizer(0.1),
        dnn_feature_columns=[embedding],
        dnn_hidden_units=[3],
        dnn_optimizer=tf.train.GradientDescentOptimizer(0.1),
        dnn_activation_fn=tf.tanh,
        fix_global_step_increment_bug=True,
        config=config(contrib),
    )
    return everything(tf, trained, input_fn(tf, TARGETS))


@alone
def case_heads(tf, contrib, folder):
    learn = contrib.learn
    several = (np.arange(36).reshape(12, 3) % 5 < 2).astype(np.int64)
    heads = {
        "svm": (learn.binary_svm_head(), BOTH),
        "poisson": (learn.poisson_regression_head(weight_column_name="weight"), CLASSES.astype(np.float32)),
        "labels": (learn.multi_label_head(3, metric_class_ids=[1]), several),
        "classes": (learn.multi_class_head(3, metric_class_ids=[0, 2], weight_column_name="weight"), CLASSES[:, None]),
        "loss": (learn.multi_class_head(2, thresholds=[0.3, 0.6], loss_fn=absolute(tf)), BOTH.astype(np.float32)),
    }
    found = {}
    for name, (head, labels) in sorted(heads.items()):
        trained = learn.DNNEstimator(
            head,
            [3],
            [contrib.layers.real_valued_column("x", dimension=3)],
            os.path.join(folder, name),
            optimizer=tf.train.GradientDescentOptimizer(0.1),
            config=config(contrib),
        )
        found[name] = everything(tf, trained, input_fn(tf, labels), steps=2, predicts=name in "svm poisson labels")
    return found


def absolute(tf):
    def loss_fn(labels, logits, weights=None):
        return tf.reduce_mean(tf.abs(tf.reshape(labels, [-1, 1]) - logits))

    return loss_fn


@alone
def case_centered_bias(tf, contrib, folder):
    # 1.15 does not say whether a step sees the bias before or after its change: losses and another optimizer would depend on it
    learn = contrib.learn
    several = (np.arange(36).reshape(12, 3) % 5 < 2).astype(np.int64)
    heads = {
        "labels": (learn.multi_label_head(3, enable_centered_bias=True, weight_column_name="weight"), several),
        "numbers": (learn.regression_head(enable_centered_bias=True, head_name="own"), TARGETS),
    }
    found = {}
    for name, (head, labels) in sorted(heads.items()):
        trained = learn.LinearEstimator(
            columns(contrib)[0][:1],
            head,
            os.path.join(folder, name),
            optimizer=tf.train.GradientDescentOptimizer(0.0),
            config=config(contrib),
        )
        found[name] = everything(tf, trained, input_fn(tf, labels), steps=2, predicts=False)
        del found[name]["losses"]
    return found


@alone
def case_several_heads(tf, contrib, folder):
    learn = contrib.learn
    head = learn.multi_head(
        [
            learn.multi_class_head(3, label_name="label", head_name="first"),
            learn.regression_head(label_name="other", head_name="second"),
        ],
        loss_weights=[1.0, 0.5],
    )
    trained = learn.LinearEstimator(
        columns(contrib)[0], head, folder, optimizer=tf.train.GradientDescentOptimizer(0.1), config=config(contrib)
    )
    found = everything(tf, trained, input_fn(tf, more=True), steps=2)
    found["predicted"] = [sorted((str(k), v) for k, v in row.items()) for row in found["predicted"]]
    return found


@alone
def case_own_model_functions(tf, contrib, folder):
    learn = contrib.learn

    def model_fn(features, labels, mode, params, config, model_dir):
        hidden = contrib.layers.fully_connected(features["x"], params["units"], activation_fn=tf.tanh)
        output = tf.reshape(contrib.layers.linear(hidden, 1), [-1])
        if mode == learn.ModeKeys.INFER:
            return learn.ModelFnOps(mode, predictions={"output": output})
        loss = tf.losses.mean_squared_error(labels, output)
        train_op = contrib.layers.optimize_loss(loss, contrib.framework.get_global_step(), 0.1, "SGD")
        metrics = {"error": tf.metrics.root_mean_squared_error(labels, output), "same": tf.constant(len(model_dir) > 0)}
        assert config.tf_random_seed == 1
        return learn.ModelFnOps(mode, {"output": output}, loss, train_op, metrics)

    def simple(features, labels):
        weight = tf.get_variable("weight", [3, 1])
        output = tf.reshape(tf.matmul(features["x"], weight), [-1])
        if labels is None:
            return output, None, None
        loss = tf.reduce_sum(tf.square(output - labels))
        return output, loss, tf.train.GradientDescentOptimizer(0.01).minimize(loss, tf.train.get_global_step())

    def engineered(features, labels):
        return {"x": features["x"] * 2.0}, labels

    first = learn.Estimator(model_fn, os.path.join(folder, "first"), config(contrib), {"units": 4}, engineered)
    second = learn.Estimator(simple, os.path.join(folder, "second"), config(contrib))
    return {
        "first": everything(tf, first, input_fn(tf, TARGETS)),
        "second": everything(tf, second, input_fn(tf, TARGETS), metrics={"mean": lambda p, _: tf.metrics.mean(p)}),
        "again": [
            first.fit(input_fn=input_fn(tf, TARGETS), max_steps=3) is first,
            first.get_variable_value("global_step"),
        ],
        "errors": [
            attempt(learn.Estimator, simple, params={"a": 1})[0],
            attempt(first.fit, input_fn=input_fn(tf), steps=1, max_steps=2),
            attempt(first.fit),
            attempt(first.fit, x=X, input_fn=input_fn(tf)),
            attempt(first.evaluate, input_fn=input_fn(tf), metrics=[]),
            attempt(first.evaluate, input_fn=input_fn(tf, TARGETS.astype(np.float64)), steps=1)[0],
            attempt(learn.Estimator(simple, os.path.join(folder, "third")).evaluate, input_fn=input_fn(tf))[0],
            attempt(learn.Estimator, simple, folder, config(contrib, model_dir="elsewhere"))[0],
            attempt(second.predict, input_fn=input_fn(tf), outputs=["x"]),
            attempt(first.predict, input_fn=input_fn(tf), outputs=["x"])[0],
        ],
        "parameters": [sorted(first.get_params()), attempt(first.set_params, nothing=1)[0]],
    }


@alone
def case_logistic_regressor(tf, contrib, folder):
    def model_fn(features, labels, mode):
        output = tf.sigmoid(tf.reshape(contrib.layers.linear(features["x"], 1), [-1]))
        if labels is None:
            return output, None, None
        loss = tf.losses.log_loss(labels, output)
        return output, loss, contrib.layers.optimize_loss(loss, tf.train.get_global_step(), 0.1, "SGD")

    trained = contrib.learn.LogisticRegressor(model_fn, [0.4, 0.5], folder, config(contrib))
    return everything(tf, trained, input_fn(tf, BOTH.astype(np.float32)))


@alone
def case_scikit_learn_methods(tf, contrib, folder):
    learn = contrib.learn
    feature_columns = learn.infer_real_valued_columns_from_input(X)
    inner = learn.LinearRegressor(feature_columns, folder, optimizer="SGD", config=config(contrib))
    trained = learn.SKCompat(inner)
    losses = recorder(tf)
    trained.fit(X, TARGETS, batch_size=5, steps=6, monitors=[known_weights(tf), losses])
    metrics = {"error": learn.MetricSpec(tf.metrics.mean_absolute_error, prediction_key="scores")}
    return {
        "losses": losses.losses,
        "scores": trained.score(X, TARGETS, batch_size=5, metrics=metrics),
        "predicted": trained.predict(X, batch_size=5),
        "names": inner.get_variable_names(),
    }


@alone
def case_clusters(tf, contrib, folder):
    learn = contrib.learn
    trained = learn.KMeansClustering(
        2, folder, X[:2], use_mini_batch=False, relative_tolerance=1e-4, config=config(contrib)
    )
    data = lambda: (tf.constant(X), None)  # noqa: E731
    trained.fit(input_fn=data, steps=20)
    return {
        "clusters": trained.clusters(),
        "score": trained.score(input_fn=data, steps=1),
        "indices": list(trained.predict_cluster_idx(input_fn=data)),
        "distances": trained.transform(input_fn=data),
        "names": trained.get_variable_names(),
    }


@alone
def case_exported_models(tf, contrib, folder):
    learn = contrib.learn
    wide, _ = columns(contrib)
    spec = contrib.layers.create_feature_spec_for_parsing(wide)
    trained = learn.LinearClassifier(wide, os.path.join(folder, "model"), n_classes=3, config=config(contrib))
    trained.fit(input_fn=input_fn(tf), steps=1, monitors=[known_weights(tf)])
    serving = learn.utils.input_fn_utils.build_parsing_serving_input_fn(spec)
    extra = os.path.join(folder, "extra.txt")
    with open(extra, "w") as f:
        f.write("more")
    path = trained.export_savedmodel(os.path.join(folder, "out"), serving, assets_extra={"a/b.txt": extra})
    number = tf.train.Feature(float_list=tf.train.FloatList(value=X[0]))
    word = tf.train.Feature(bytes_list=tf.train.BytesList(value=[b"blue"]))
    example = tf.train.Example(features=tf.train.Features(feature={"x": number, "word": word}))
    with tf.Graph().as_default(), tf.Session() as session:
        graph = tf.saved_model.loader.load(session, ["serve"], path.decode())
        signatures = graph.signature_def
        default = signatures["serving_default"]
        fed = {default.inputs["inputs"].name: [example.SerializeToString()]}
        outputs = session.run({k: v.name for k, v in default.outputs.items()}, fed)
        kept = list(graph.collection_def["input_feature_keys"].bytes_list.value)
    files = sorted(
        os.path.relpath(os.path.join(d, n), path.decode()) for d, _, names in os.walk(path.decode()) for n in names
    )
    return {
        "outputs": outputs,
        "signatures": sorted((k, v.method_name, sorted(v.inputs), sorted(v.outputs)) for k, v in signatures.items()),
        "keys": sorted(kept),
        "files": files,
        "errors": [attempt(trained.export_savedmodel, folder, serving, default_output_alternative_key="x")[0]],
    }
