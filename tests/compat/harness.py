"""Runs one case and describes it with plain values, the same way on TensorFlow 1.15 and on tf2kit.compat.

This file and the ``cases_*.py`` files run on Python 3.7 as well. A case is a function ``case(tf, contrib)`` that builds a graph
and returns what to run. Variables get initial values from their names, so numbers do not depend on random generators, except
in cases that are about initial values.
"""

import importlib
import os
import zlib

import numpy as np

TENSOR_COLLECTIONS = ("losses", "regularization_losses")
VARIABLE_COLLECTIONS = ("variables", "trainable_variables", "model_variables", "local_variables", "global_step")


class Run:
    """What a case wants: ``fetches`` by name, run ``steps`` times with ``feed``; ``keep`` leaves the initial values alone."""

    def __init__(self, fetches=None, feed=None, steps=1, keep=False, finals=False, also=None, summaries=False):
        self.fetches = fetches or {}
        self.feed = feed or {}
        self.steps = steps
        self.keep = keep
        self.finals = finals
        self.also = also
        self.summaries = summaries


def numbers(shape, key, scale=0.5):
    """Normal values that depend on the key only."""
    return np.asarray(scale * np.random.RandomState(zlib.crc32(key.encode()) % 2**31).randn(*shape), np.float32)


def parts():
    """The PART of every ``cases_PART.py``."""
    return sorted(f[6:-3] for f in os.listdir(os.path.dirname(os.path.abspath(__file__))) if f.startswith("cases_"))


def cases_of(part):
    """Name of the case -> function, of one ``cases_PART.py``."""
    module = importlib.import_module("tests.compat.cases_" + part)
    return {name[5:]: function for name, function in vars(module).items() if name.startswith("case_")}


def describe(tf, contrib, case):
    """Variables, collections and numbers of a case, ready for JSON."""
    with tf.Graph().as_default():
        run = case(tf, contrib)
        record = {"collections": _collections(tf, run), "variables": _variables(tf)}
        with tf.Session() as session:
            session.run([tf.global_variables_initializer(), tf.local_variables_initializer(), tf.tables_initializer()])
            if not run.keep:
                _set_initial_values(tf, session)
            record["values"] = [plain(session.run(run.fetches, run.feed)) for _ in range(run.steps)]
            if run.finals:
                record["finals"] = {v.op.name: plain(session.run(v)) for v in tf.global_variables()}
            if run.also is not None:
                record["also"] = plain(run.also(session))
        return record


def plain(value):
    """Arrays as nested lists, bytes as text, tuples as lists."""
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if isinstance(value, float):
        return float("%.9g" % value)
    return value


def _variables(tf):
    return [[v.op.name, shape_of(v), v.dtype.base_dtype.name] for v in tf.global_variables() + tf.local_variables()]


def shape_of(variable):
    """A list of sizes, or None where even the rank is unknown."""
    shape = variable.get_shape()
    return None if shape.ndims is None else shape.as_list()


def _collections(tf, run):
    found = {c: [v.op.name for v in tf.get_collection(c)] for c in VARIABLE_COLLECTIONS}
    found.update({c: [t.op.name for t in tf.get_collection(c)] for c in TENSOR_COLLECTIONS})
    found["update_ops"] = len(tf.get_collection("update_ops"))
    if run.summaries:
        found["summaries"] = [s.op.name for s in tf.get_collection("summaries")]
    return {name: members for name, members in found.items() if members}


def _set_initial_values(tf, session):
    model = [v.op.name for v in tf.trainable_variables() + tf.get_collection("model_variables")]
    feed, initializers = {}, []
    for variable in tf.global_variables():
        shape = variable.get_shape().as_list()
        last = variable.op.name.split("/")[-1]
        # slots of optimizers keep their initial values
        if not variable.dtype.base_dtype.is_floating or not (
            variable.op.name in model or last.startswith(("moving_", "renorm_"))
        ):
            continue
        value = numbers(shape, variable.op.name)
        if "variance" in variable.op.name or "stddev" in variable.op.name:
            value = np.abs(value) + 0.5
        # what `variable.load` does; one call for all saves most of the time of the tests
        feed[variable.initializer.inputs[1]] = value
        initializers.append(variable.initializer)
    session.run(initializers, feed)


def output_and_gradients(tf, output, feed=None, **more):
    """A `Run` of the output and of the gradients of the sum of its squares to all trainable variables."""
    variables = tf.trainable_variables()
    gradients = tf.gradients(tf.reduce_sum(tf.square(output)), variables) if variables else []
    fetches = {"output": output, "gradients": [tf.convert_to_tensor(g) for g in gradients if g is not None]}
    fetches.update(more.pop("fetches", {}))
    return Run(fetches, feed, **more)
