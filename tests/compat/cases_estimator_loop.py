"""train_and_evaluate, exporters, stopping early, evaluation while training, SavedModels. Runs on Python 3.7 as well."""

import glob
import os

import numpy as np

from tests.compat.estimators import (
    FEATURES,
    alone,
    attempt,
    input_fn,
    known_weights,
    line,
    made,
    network,
    refused,
    variables,
)


def signatures(tf, folder):
    """Signatures of a SavedModel: method, and names, types and shapes of inputs and outputs."""
    with tf.Graph().as_default(), tf.Session() as session:
        meta = tf.saved_model.loader.load(session, ["serve"], folder)
    found = {}
    for name, signature in meta.signature_def.items():
        sides = (("in", signature.inputs), ("out", signature.outputs))
        found[name] = [signature.method_name, {k: [[n, str(i)] for n, i in sorted(d.items())] for k, d in sides}]
    return found


def served(tf, folder, feed, output):
    """Values of the outputs of the default signature."""
    with tf.Graph().as_default(), tf.Session() as session:
        meta = tf.saved_model.loader.load(session, ["serve"], folder)
        signature = meta.signature_def["serving_default"]
        return session.run(signature.outputs[output].name, {signature.inputs[k].name: v for k, v in feed.items()})


def example(tf, **values):
    """A serialized tf.train.Example of floats."""
    features = {k: tf.train.Feature(float_list=tf.train.FloatList(value=v)) for k, v in values.items()}
    return tf.train.Example(features=tf.train.Features(feature=features)).SerializeToString()


@alone
def case_train_and_evaluate(tf, estimator, folder):
    def receiver():
        x = tf.placeholder(tf.float32, [None, 3])
        return estimator.export.ServingInputReceiver({"x": x}, {"x": x})

    trained = made(tf, estimator, folder, save_checkpoints_steps=2, keep_checkpoint_max=2)
    exporters = [
        estimator.FinalExporter("last", receiver),
        estimator.LatestExporter("latest", receiver, exports_to_keep=1),
        estimator.BestExporter("best", receiver),
    ]
    training = estimator.TrainSpec(input_fn(estimator), max_steps=4)
    evaluation = estimator.EvalSpec(input_fn(estimator, 1), exporters=exporters, throttle_secs=0)
    result, exported = estimator.train_and_evaluate(trained, training, evaluation)
    return {
        "result": result,
        "exported": [e is not None for e in exported],
        "folders": {e.name: len(os.listdir(os.path.join(trained.model_dir, "export", e.name))) for e in exporters},
        "checkpoints": sorted(os.path.basename(p) for p in glob.glob(trained.model_dir + "/*.index")),
        "served": served(tf, exported[0].decode(), {"x": FEATURES["x"]}, "output"),
    }


@alone
def case_best_exporter_after_a_restart(tf, estimator, folder):
    class Counts:
        name = "saved"

        def __init__(self):
            self.exports = 0

        def export(self, *args):
            self.exports += 1

    trained = made(tf, estimator, folder).train(input_fn(estimator), steps=1)
    result = trained.evaluate(input_fn(estimator, 1))

    def never(best_eval_result, current_eval_result):
        return False

    exporter = estimator.BestExporter("best", lambda: None, compare_fn=never)
    exporter._saved_model_exporter = saved = Counts()
    for _ in range(2):
        exporter.export(trained, os.path.join(folder, "best"), None, result, False)
    return saved.exports


@alone
def case_exports(tf, estimator, folder):
    trained = made(tf, estimator, folder, network(tf, estimator), {"units": 2})
    trained.train(input_fn(estimator), hooks=[known_weights(tf)], steps=1)
    export = estimator.export
    receivers = {
        "parsing": export.build_parsing_serving_input_receiver_fn({"x": tf.FixedLenFeature([3], tf.float32)}),
        "raw": export.build_raw_serving_input_receiver_fn({"x": tf.constant(FEATURES["x"])}),
        "one": export.build_parsing_serving_input_receiver_fn({"x": tf.FixedLenFeature([3], tf.float32)}, 1),
    }
    feeds = {
        "parsing": {"examples": [example(tf, x=row) for row in FEATURES["x"]]},
        "raw": {"x": FEATURES["x"]},
        "one": {"examples": [example(tf, x=FEATURES["x"][0])]},
    }
    found = {}
    for name, receiver in receivers.items():
        base = os.path.join(folder, name)
        path = trained.export_saved_model(base, receiver, assets_extra={"a/b.txt": __file__}).decode()
        found[name] = [
            signatures(tf, path),
            served(tf, path, feeds[name], "probabilities"),
            sorted(f for f in os.listdir(path) if f != "fingerprint.pb"),
            os.listdir(os.path.join(path, "assets.extra", "a")),
            os.path.basename(path).isdigit(),
        ]
    found["stored"] = tf.train.list_variables(os.path.join(path, "variables", "variables"))
    return found


@alone
def case_export_of_all_modes(tf, estimator, folder):
    trained = made(tf, estimator, folder).train(input_fn(estimator), steps=1)
    supervised = estimator.experimental.build_raw_supervised_input_receiver_fn(
        {"x": tf.constant(FEATURES["x"])}, {"y": tf.constant([1.0, 2.0])}
    )
    one = estimator.experimental.build_raw_supervised_input_receiver_fn(
        tf.constant(FEATURES["x"]), tf.constant([1.0, 2.0])
    )

    def model_fn(features, labels, mode):
        labels = labels if labels is None or not isinstance(labels, dict) else labels["y"]
        return line(tf, estimator)(features if isinstance(features, dict) else {"x": features}, labels, mode)

    again = estimator.Estimator(model_fn, trained.model_dir)
    serving = estimator.export.build_raw_serving_input_receiver_fn({"x": tf.constant(FEATURES["x"])})
    modes = estimator.ModeKeys
    receivers = {modes.TRAIN: supervised, modes.EVAL: one, modes.PREDICT: serving}
    path = again.experimental_export_all_saved_models(os.path.join(folder, "all"), receivers).decode()
    found = {}
    for tags in (["serve"], ["train"], ["eval"]):
        with tf.Graph().as_default(), tf.Session() as session:
            meta = tf.saved_model.loader.load(session, tags, path)
            found[tags[0]] = {k: [sorted(v.inputs), sorted(v.outputs)] for k, v in meta.signature_def.items()}
    return found


@alone
def case_wrong_receivers(tf, estimator, folder):
    export = estimator.export
    with tf.Graph().as_default():
        x, text, sparse = tf.placeholder(tf.float32, [None]), tf.constant(["a"]), tf.SparseTensor([[0, 0]], [1], [1, 1])
        return [
            sorted(export.ServingInputReceiver(x, x).receiver_tensors),
            sorted(export.ServingInputReceiver({"a": sparse}, {"r": x}, {"other": {"z": x}}).features),
            refused(export.ServingInputReceiver, None, x),
            refused(export.ServingInputReceiver, {1: x}, x),
            refused(export.ServingInputReceiver, {"a": "text"}, x),
            refused(export.ServingInputReceiver, x, {"a": 3}),
            refused(export.ServingInputReceiver, x, x, {"a": x}),
            refused(export.TensorServingInputReceiver, {"a": x}, x),
            refused(export.ClassificationOutput),
            refused(export.ClassificationOutput, classes=x),
            refused(export.RegressionOutput, text),
            sorted(export.TensorServingInputReceiver(x, x).receiver_tensors),
            sorted(export.PredictOutput({("a", "b"): x, "c": x}).outputs),
            sorted(export.PredictOutput(x).outputs),
            sorted(export.ClassificationOutput(x, text).as_signature_def({"i": text}).outputs),
        ]


@alone
def case_early_stopping(tf, estimator, folder):
    experimental = estimator.experimental
    trained = made(tf, estimator, folder)
    each, second = {"run_every_secs": None, "run_every_steps": 1}, {"run_every_secs": None, "run_every_steps": 2}
    stops = [
        experimental.stop_if_lower_hook(trained, "loss", 0.0, **each),
        experimental.stop_if_no_decrease_hook(trained, "loss", 0, **each),
        experimental.stop_if_higher_hook(trained, "loss", 0.0, min_steps=3, **second),
        experimental.stop_if_no_increase_hook(trained, "loss", 1, min_steps=4, **each),
    ]
    steps = []
    for stop in stops:
        trained.train(input_fn(estimator), hooks=[stop], steps=2)
        trained.evaluate(input_fn(estimator, 1, batch=8))
        steps.append(int(trained.get_variable_value("global_step")))
    return [
        steps,
        tf.train.list_variables(trained.model_dir),
        experimental.make_stop_at_checkpoint_step_hook(trained, 4)._last_step,
        refused(experimental.make_early_stopping_hook, trained, 1),
        refused(experimental.make_early_stopping_hook, 1, lambda: True),
        attempt(experimental.make_early_stopping_hook, trained, lambda: True, 1, 1),
    ]


@alone
def case_evaluation_while_training(tf, estimator, folder):
    trained = made(tf, estimator, folder)

    def data():
        return tf.data.Dataset.from_tensor_slices((FEATURES, np.arange(8, dtype=np.float32))).batch(8)

    hook = estimator.experimental.InMemoryEvaluatorHook(trained, data, every_n_iter=2)
    trained.train(input_fn(estimator), hooks=[hook], steps=3)
    values = []
    for path in sorted(glob.glob(trained.model_dir + "/eval/*")):
        for event in tf.train.summary_iterator(path):
            values += [[event.step, v.tag, v.simple_value] for v in event.summary.value if v.tag != "checkpoint_path"]
    return values


@alone
def case_one_device_strategy(tf, estimator, folder):
    def data():
        found = tf.data.Dataset.from_tensor_slices((FEATURES, np.arange(8, dtype=np.float32)))
        return found.repeat(2).batch(4)

    strategies = {p: tf.distribute.MirroredStrategy(["/cpu:0"]) for p in ("train_distribute", "eval_distribute")}
    trained = made(tf, estimator, folder, **strategies)
    calls = []
    stop = estimator.experimental.make_early_stopping_hook(trained, lambda: bool(calls.append(1)), None, 1)
    trained.train(data, hooks=[stop])
    return bool(calls), trained.evaluate(data), variables(trained), tf.train.list_variables(trained.model_dir)
