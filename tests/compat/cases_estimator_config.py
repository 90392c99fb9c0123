"""EstimatorSpec, RunConfig, TrainSpec, EvalSpec and the signatures of tf.estimator. Runs on Python 3.7 as well."""

import inspect
import json
import os

from tests.compat.estimators import FEATURES, alone, attempt, line, made, refused

# parameters that came after 1.15, all at the end
NEWER = ("checkpoint_save_graph_def", "save_graph_def", "saving_listeners", "warm_start_from")
NOT_PLAIN = ("replace", "cluster_spec", "session_config")


@alone
def case_wrong_specs(tf, estimator, folder):
    modes = estimator.ModeKeys
    graph = tf.Graph()
    with tf.Graph().as_default():
        other = tf.constant(1.0)
    with graph.as_default():
        loss, op, two = tf.constant(1.0), tf.no_op(), tf.constant([1.0, 2.0])
        good = estimator.export.PredictOutput({"p": two})
        wrong = [
            {"mode": modes.TRAIN},
            {"mode": modes.TRAIN, "loss": loss},
            {"mode": modes.TRAIN, "loss": two, "train_op": op},
            {"mode": modes.TRAIN, "loss": 1.0, "train_op": op},
            {"mode": modes.TRAIN, "loss": loss, "train_op": 3},
            {"mode": modes.TRAIN, "loss": other, "train_op": op},
            {"mode": modes.EVAL},
            {"mode": modes.EVAL, "loss": loss, "eval_metric_ops": loss},
            {"mode": modes.EVAL, "loss": loss, "eval_metric_ops": {"a": loss}},
            {"mode": modes.EVAL, "loss": loss, "eval_metric_ops": {"a": (loss, other)}},
            {"mode": modes.PREDICT},
            {"mode": modes.PREDICT, "predictions": {"p": 1}},
            {"mode": modes.PREDICT, "predictions": {"p": other}},
            {"mode": modes.PREDICT, "predictions": two, "export_outputs": two},
            {"mode": modes.PREDICT, "predictions": two, "export_outputs": {"a": two}},
            {"mode": modes.PREDICT, "predictions": two, "export_outputs": {"a": good, "b": good}},
            {"mode": modes.PREDICT, "predictions": two, "prediction_hooks": [1]},
            {"mode": modes.PREDICT, "predictions": two, "scaffold": 1},
        ]
        errors = [refused(estimator.EstimatorSpec, **spec) for spec in wrong]
        spec = estimator.EstimatorSpec(modes.TRAIN, loss=tf.constant([2.0]), train_op=op)
    return {
        "errors": errors,
        "reshaped": spec.loss.get_shape().as_list(),
        "fields": list(spec._fields),
        "modes": [modes.TRAIN, modes.EVAL, modes.PREDICT],
        "replaced": attempt(lambda: spec._replace(mode="other").mode),
    }


@alone
def case_wrong_model_functions(tf, estimator, folder):
    def build(model_fn, params=None):
        made(tf, estimator, folder, model_fn, params)
        return "accepted"

    class Overrides(estimator.Estimator):
        def train(self, input_fn):
            pass

    trained = made(tf, estimator, folder)

    data = estimator.inputs.numpy_input_fn(FEATURES, shuffle=False)
    return [
        attempt(build, lambda features: None),
        attempt(build, lambda features, labels, other: None),
        attempt(build, lambda features, labels: None, {"a": 1}),
        attempt(build, lambda features, labels, params: None),
        refused(build, 3),
        refused(Overrides, lambda features: None),
        attempt(trained.train, data, steps=0),
        attempt(trained.train, data, steps=1, max_steps=1),
        attempt(trained.train, data, hooks=[1]),
        refused(trained.train, data, saving_listeners=[1]),
        attempt(trained.evaluate, data, steps=0),
        attempt(trained.latest_checkpoint),
        attempt(trained.get_variable_names),
        attempt(lambda: estimator.Estimator(line(tf, estimator), config=3)),
        attempt(lambda: estimator.Estimator(line(tf, estimator), "a", estimator.RunConfig("b")))[1].split(" ")[:2],
    ]


def described(config):
    names = [name for name in dir(config) if name[0] != "_" and name not in NEWER + NOT_PLAIN]
    return {name: getattr(config, name) for name in names}


@alone
def case_run_config(tf, estimator, folder):
    config = estimator.RunConfig(model_dir="somewhere", tf_random_seed=3, save_checkpoints_steps=7)
    changed = config.replace(save_checkpoints_secs=9, save_checkpoints_steps=None, keep_checkpoint_max=2)
    session = tf.ConfigProto(log_device_placement=True)
    wrong = [
        {"save_checkpoints_steps": 1, "save_checkpoints_secs": 1},
        {"save_summary_steps": -1},
        {"keep_checkpoint_max": -1},
        {"keep_checkpoint_every_n_hours": 0},
        {"model_dir": ""},
        {"tf_random_seed": 1.5},
        {"session_config": 1},
        {"device_fn": 1},
        {"device_fn": lambda other: None},
        {"log_step_count_steps": 0},
        {"session_creation_timeout_secs": 0},
    ]
    return {
        "plain": described(estimator.RunConfig()),
        "given": described(config),
        "changed": described(changed),
        "session": estimator.RunConfig(session_config=session).session_config.log_device_placement,
        "default session": str(made(tf, estimator, folder).config.session_config),
        "errors": [attempt(lambda w=w: estimator.RunConfig(**w)) for w in wrong],
        "replace": [
            attempt(config.replace, save_checkpoints_steps=1, save_checkpoints_secs=1),
            refused(config.replace, x=1),
        ],
        "cluster": [
            attempt(in_cluster, estimator, *task)
            for task in (("worker", 1), ("ps", 0), ("chief", 0), ("evaluator", 0), ("x", 0))
        ],
    }


def in_cluster(estimator, kind, index):
    """What a RunConfig makes of TF_CONFIG."""
    cluster = {"chief": ["a:1"], "worker": ["b:1", "b:2"], "ps": ["c:1"]}
    task = {"cluster": cluster, "task": {"type": kind, "index": index}}
    os.environ["TF_CONFIG"] = json.dumps(task)
    try:
        config = estimator.RunConfig()
    finally:
        del os.environ["TF_CONFIG"]
    return described(config), config.cluster_spec.as_dict(), str(config.session_config)


@alone
def case_train_and_eval_specs(tf, estimator, folder):
    def data():
        return None

    return [
        list(estimator.TrainSpec(data, 3))[1:3],
        list(estimator.EvalSpec(data))[1:],
        attempt(estimator.TrainSpec, 1),
        attempt(estimator.TrainSpec, data, max_steps=0),
        attempt(estimator.TrainSpec, data, hooks=[1]),
        attempt(estimator.EvalSpec, data, steps=0),
        attempt(estimator.EvalSpec, data, name=1),
        refused(estimator.EvalSpec, data, exporters=1),
        attempt(estimator.EvalSpec, data, start_delay_secs=-1),
        attempt(estimator.EvalSpec, data, throttle_secs=-1),
        attempt(estimator.train_and_evaluate, 1, 2, 3),
    ]


@alone
def case_signatures(tf, estimator, folder):
    parts = {
        "": estimator,
        "inputs.": estimator.inputs,
        "export.": estimator.export,
        "experimental.": estimator.experimental,
    }
    found = {}
    for prefix, part in sorted(parts.items()):
        for name in sorted(n for n in dir(part) if not n.startswith("_")):
            if not (inspect.ismodule(getattr(part, name)) or name.startswith("BoostedTrees") or name == "EvalOutput"):
                found.update(signatures(prefix + name, getattr(part, name)))
    return found


def signatures(name, symbol):
    """Parameters and plain defaults of a function, or of a class and its own public methods."""
    if not inspect.isclass(symbol):
        return {name: signature(symbol)}
    own = [m for m, function in vars(symbol).items() if m[0] != "_" and inspect.isfunction(function)]
    found = {"%s.%s" % (name, m): signature(getattr(symbol, m)) for m in own if m != "export_savedmodel"}
    found[name] = signature(symbol.__new__ if issubclass(symbol, tuple) else symbol.__init__)
    return found


def signature(function):
    try:
        parameters = inspect.signature(function).parameters.values()
    except ValueError:
        return None
    return [shown(p) for p in parameters if p.name not in NEWER]


def shown(parameter):
    default = parameter.default
    if default is inspect.Parameter.empty:
        return parameter.name
    plain = default if isinstance(default, (str, int, float, bool, type(None))) else getattr(default, "__name__", "…")
    return "%s=%r" % (parameter.name, plain)
