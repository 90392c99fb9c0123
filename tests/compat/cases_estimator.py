"""Estimators with a model_fn of one's own: train, evaluate, predict, checkpoints, hooks. Runs on Python 3.7 as well."""

import os

import numpy as np

from tests.compat import estimators
from tests.compat.estimators import FEATURES, LABELS, alone, attempt, input_fn, known_weights, line, made, refused


@alone
def case_train_evaluate_predict(tf, estimator, folder):
    trained = made(tf, estimator, folder, estimators.network(tf, estimator), {"units": 4})
    same = trained.train(input_fn(estimator), hooks=[known_weights(tf)], steps=3) is trained
    found = estimators.outcome(trained, estimator)
    found["latest"] = os.path.basename(trained.latest_checkpoint())
    found["stored"] = tf.train.list_variables(trained.model_dir)
    found["files"] = sorted(f.split(".1")[0] for f in os.listdir(trained.model_dir))
    found["eval files"] = len(os.listdir(trained.eval_dir()))
    return found, same


@alone
def case_continued_training(tf, estimator, folder):
    made(tf, estimator, folder).train(input_fn(estimator), max_steps=3)
    again = made(tf, estimator, folder)
    again.train(input_fn(estimator), max_steps=3)  # nothing is left to do
    again.train(input_fn(estimator), max_steps=5)
    again.train(input_fn(estimator), steps=2)
    return estimators.variables(again), sorted(f for f in os.listdir(again.model_dir) if "index" in f)


@alone
def case_ways_to_predict(tf, estimator, folder):
    trained = made(tf, estimator, folder)
    data = input_fn(estimator, 1, batch=3)
    return [
        attempt(next, trained.predict(data)),  # no checkpoint: the initial values
        attempt(trained.evaluate, data),
        next(trained.train(data).predict(data, yield_single_examples=False)),
        attempt(next, trained.predict(data, predict_keys=["nothing"])),
        trained.evaluate(data, steps=1, name="part"),
        trained.evaluate(data, checkpoint_path=os.path.join(trained.model_dir, "model.ckpt-0")),
        refused(trained.get_variable_value, "nothing"),
    ]


def reporter(tf, log, name):
    """A hook that writes down what it is asked."""

    class Reporter(tf.train.SessionRunHook):
        def begin(self):
            log.append(name + " begin")

        def after_create_session(self, session, coord):
            log.append(name + " after_create_session")

        def before_run(self, run_context):
            log.append(name + " before_run")
            return tf.train.SessionRunArgs(tf.train.get_global_step())

        def after_run(self, run_context, run_values):
            log.append("%s after_run %d" % (name, run_values.results))

        def end(self, session):
            log.append(name + " end")

    return Reporter()


def listener(tf, log):
    class Listener(tf.train.CheckpointSaverListener):
        def begin(self):
            log.append("listener begin")

        def before_save(self, session, global_step_value):
            log.append("before_save %d" % global_step_value)

        def after_save(self, session, global_step_value):
            log.append("after_save %d" % global_step_value)

        def end(self, session, global_step_value):
            log.append("listener end %d" % global_step_value)

    return Listener()


@alone
def case_order_of_hooks(tf, estimator, folder):
    log = []
    kinds = ("training_hooks", "training_chief_hooks", "evaluation_hooks", "prediction_hooks")
    model_fn = line(tf, estimator, **{kind: [reporter(tf, log, kind)] for kind in kinds})
    trained = made(tf, estimator, folder, model_fn, save_checkpoints_steps=2)
    hooks = [reporter(tf, log, "mine")]
    trained.train(input_fn(estimator), hooks=hooks, steps=3, saving_listeners=[listener(tf, log)])
    log.append("evaluate")
    trained.evaluate(input_fn(estimator, 1, batch=8), hooks=hooks)
    log.append("predict")
    list(trained.predict(input_fn(estimator, 1), hooks=hooks))
    return log


@alone
def case_inputs(tf, estimator, folder):
    import pandas as pd

    def drain(made_by):
        with tf.Graph().as_default(), tf.Session() as session:
            batch = made_by()
            threads = tf.train.start_queue_runners(session)
            found = []
            try:
                while len(found) < 6:
                    found.append(session.run(batch))
            except tf.errors.OutOfRangeError:
                pass
            return found, len(threads)

    inputs = estimator.inputs
    frame = pd.DataFrame({"b": [1.5, 2.5, 3.5], "a": ["x", "y", "z"]}, index=[7, 8, 9])
    return {
        "arrays": drain(inputs.numpy_input_fn(FEATURES, LABELS, 3, 2, shuffle=False)),
        "one array": drain(inputs.numpy_input_fn(FEATURES["x"], LABELS, 8, 1, shuffle=False)),
        "dict of labels": drain(inputs.numpy_input_fn({"x": LABELS}, {"p": LABELS, "q": LABELS + 1}, 5, 1, False)),
        "no labels": drain(inputs.numpy_input_fn({"x": LABELS}, batch_size=3, shuffle=False)),
        "frame": drain(inputs.pandas_input_fn(frame, pd.Series([0, 1, 1], index=[7, 8, 9]), 2, 2, shuffle=False)),
        "frame of labels": drain(inputs.pandas_input_fn(frame, frame, 2, shuffle=False, target_column="y")),
        "shuffled": sorted(
            int(v) for b in drain(inputs.numpy_input_fn({"x": LABELS}, batch_size=2, shuffle=True))[0] for v in b["x"]
        ),
        "errors": [
            attempt(inputs.numpy_input_fn, FEATURES, LABELS),
            attempt(inputs.numpy_input_fn([1.0], shuffle=False)),
            attempt(inputs.numpy_input_fn({}, shuffle=False)),
            attempt(inputs.numpy_input_fn({"x": LABELS}, LABELS[:2], shuffle=False)),
            attempt(inputs.numpy_input_fn({"x": LABELS}, {}, shuffle=False)),
            attempt(inputs.numpy_input_fn({"x": LABELS}, {"x": LABELS}, shuffle=False)),
            attempt(inputs.pandas_input_fn, frame, shuffle=None),
            # their texts are pandas' own
            refused(inputs.pandas_input_fn, frame, pd.Series([1, 2, 3]), shuffle=False),
            refused(inputs.pandas_input_fn, frame, target_column="a", y=frame["a"], shuffle=False),
        ],
    }


@alone
def case_datasets_as_inputs(tf, estimator, folder):
    def dataset():
        found = tf.data.Dataset.from_tensor_slices((FEATURES, LABELS.astype(np.float32)))
        return found.repeat(2).batch(5)

    trained = made(tf, estimator, folder).train(dataset)
    return trained.evaluate(dataset, steps=2), list(trained.predict(lambda: dataset().map(lambda x, _: x)))[-1]


@alone
def case_added_metrics(tf, estimator, folder):
    def more(labels, predictions, features, config):
        return {"mean": tf.metrics.mean(predictions["output"]), "steps": tf.metrics.mean(features["x"])}

    model_fn = line(tf, estimator, eval_metric_ops=None)
    trained = made(tf, estimator, folder, model_fn).train(input_fn(estimator), steps=1)
    return estimator.add_metrics(trained, more).evaluate(input_fn(estimator, 1))


@alone
def case_warm_start(tf, estimator, folder):
    def model_fn(features, labels, mode):
        tf.get_variable("new", [2], initializer=tf.constant_initializer(7.0))
        with tf.variable_scope("scope"):
            return line(tf, estimator)(features, labels, mode)

    first = made(tf, estimator, os.path.join(folder, "first")).train(input_fn(estimator), steps=2)
    settings = estimator.WarmStartSettings(
        first.model_dir, ".*weight", var_name_to_prev_var_name={"scope/weight": "weight"}
    )
    found = []
    for warm in (settings, estimator.WarmStartSettings(first.model_dir, ".*"), first.model_dir):
        path = os.path.join(folder, str(len(found)))
        second = estimator.Estimator(model_fn, path, warm_start_from=warm)
        outcome = attempt(lambda s=second: s.train(input_fn(estimator), steps=1))
        found.append(estimators.variables(second) if outcome is second else outcome[:1])
    return [estimators.variables(first), found, list(settings)[1:]]
