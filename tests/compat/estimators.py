"""What the cases of Estimators share: known weights, one data set, one model. Runs on Python 3.7 as well."""

import importlib
import os
import re
import shutil
import tempfile

import numpy as np

from tests.compat.harness import Run, numbers

FEATURES = {"x": numbers((8, 3), "features"), "id": np.array([0, 1, 2, 1, 0, 2, 2, 1])}
LABELS = np.array([0, 1, 1, 0, 1, 0, 0, 1])


def alone(function):
    """A case whose graphs are made by Estimators: ``function(tf, estimator, folder)`` returns plain results."""

    def case(tf, contrib):
        def also(_):
            folder = tempfile.mkdtemp()
            try:
                return function(tf, estimator_of(tf), folder)
            finally:
                shutil.rmtree(folder)

        return Run(also=also)

    return case


def estimator_of(tf):
    """tf.estimator of TensorFlow 1.15, or what tf2kit.compat has in its place."""
    return tf.estimator if tf.__version__.startswith("1.") else importlib.import_module("tf2kit.compat.estimator")


def attempt(function, *args, **kwargs):
    """The result, or the error as [type, text]."""
    try:
        return function(*args, **kwargs)
    except Exception as error:
        return [type(error).__name__, re.sub(r"0x[0-9a-f]+|/\S*/tmp\w+", "…", str(error))]


def refused(function, *args, **kwargs):
    """The type of the error, or None. Texts of errors are not compared where TensorFlow has reworded them."""
    try:
        function(*args, **kwargs)
    except Exception as error:
        return type(error).__name__
    return None


def input_fn(estimator, epochs=None, batch=4, labels=LABELS, features=FEATURES):
    """Batches in the order of the data."""
    return estimator.inputs.numpy_input_fn(features, labels, batch_size=batch, num_epochs=epochs, shuffle=False)


def known_weights(tf):
    """A hook that gives variables values from their names before the first step of a training."""

    class KnownWeights(tf.train.SessionRunHook):
        def after_create_session(self, session, coord):
            if session.run(tf.train.get_global_step()):
                return
            for variable in tf.trainable_variables():
                variable.load(numbers(variable.get_shape().as_list(), variable.op.name), session)

    return KnownWeights()


def network(tf, estimator):
    """A model_fn as people wrote them: tf.layers, metrics, export outputs, Adagrad."""

    def model_fn(features, labels, mode, params):
        training = mode == estimator.ModeKeys.TRAIN
        hidden = tf.layers.dense(features["x"], params["units"], activation=tf.nn.relu)
        hidden = tf.layers.batch_normalization(hidden, training=training)
        logits = tf.layers.dense(hidden, 2, name="logits")
        predictions = {"classes": tf.argmax(logits, 1), "probabilities": tf.nn.softmax(logits, name="softmax")}
        if mode == estimator.ModeKeys.PREDICT:
            outputs = {"scores": estimator.export.PredictOutput(predictions)}
            return estimator.EstimatorSpec(mode, predictions=predictions, export_outputs=outputs)
        loss = tf.losses.sparse_softmax_cross_entropy(labels=labels, logits=logits)
        metrics = {"accuracy": tf.metrics.accuracy(labels, predictions["classes"])}
        with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
            train_op = tf.train.AdagradOptimizer(0.1).minimize(loss, tf.train.get_global_step())
        return estimator.EstimatorSpec(mode, predictions, loss, train_op, metrics)

    return model_fn


def line(tf, estimator, **spec):
    """The smallest model_fn: one weight, plain gradient descent; ``spec`` goes to EstimatorSpec."""

    def model_fn(features, labels, mode):
        weight = tf.get_variable("weight", [3, 1], initializer=tf.constant_initializer(0.5))
        output = tf.squeeze(tf.matmul(features["x"], weight), 1)
        if mode == estimator.ModeKeys.PREDICT:
            return estimator.EstimatorSpec(mode, predictions={"output": output}, **spec)
        loss = tf.losses.mean_squared_error(labels, output)
        train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
        return estimator.EstimatorSpec(mode, {"output": output}, loss, train_op, **spec)

    return model_fn


def made(tf, estimator, folder, model_fn=None, params=None, **config):
    """An Estimator of `line` or of another model_fn in ``folder``."""
    config.setdefault("save_summary_steps", None)
    config = estimator.RunConfig(log_step_count_steps=None, **config)
    return estimator.Estimator(model_fn or line(tf, estimator), os.path.join(folder, "model"), config, params)


def variables(trained):
    """Value of each variable of a trained estimator."""
    return {name: trained.get_variable_value(name) for name in trained.get_variable_names()}


def outcome(trained, estimator, asked=("evaluate", "predict"), **data):
    """What evaluation, prediction and the stored variables say."""
    found = {"variables": variables(trained)}
    if "evaluate" in asked:
        found["evaluated"] = trained.evaluate(input_fn(estimator, 1, **data))
    if "predict" in asked:
        found["predicted"] = list(trained.predict(input_fn(estimator, 1, **data)))
    return found
