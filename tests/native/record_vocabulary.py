"""Records what TensorFlow 1.15 gives for `vocabulary_cases`: PYTHON_WITH_TF_1_15 tests/native/record_vocabulary.py"""

import json
import os

import numpy as np
import tensorflow as tf
import vocabulary_cases as cases

HERE = os.path.dirname(os.path.abspath(__file__))


def array(shape, phase=0.0):
    return np.array(cases.waves(shape, phase), np.float32).reshape(shape)


def layer(expression, shape):
    with tf.Graph().as_default(), tf.Session() as session:
        out = eval(expression, {"tf": tf, "x": tf.constant(array(shape))})
        session.run(tf.global_variables_initializer())
        for variable in tf.global_variables():
            value = np.array(cases.weight(variable.name, variable.shape.as_list()), np.float32)
            variable.load(value.reshape(variable.shape.as_list()), session)
        updates = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
        with tf.control_dependencies(updates):
            value = session.run(tf.identity(out))
        moving = {v.op.name.rsplit("/", 1)[-1]: session.run(v) for v in tf.global_variables() if "moving" in v.name}
    return {"value": listed(value), "shape": list(value.shape), "moving": {k: listed(v) for k, v in moving.items()}}


def listed(value):
    return [round(float(v), 8) for v in np.asarray(value, np.float64).ravel()]


def dropout(expression):
    with tf.Graph().as_default(), tf.Session() as session:
        value = session.run(eval(expression, {"tf": tf, "x": tf.ones([300, 300])}))
    return {"kept": round(float((value > 0).mean()), 4), "scale": round(float(value.max()), 5)}


def initializer(expression):
    with tf.Graph().as_default(), tf.Session() as session:
        value = session.run(eval(expression, {"tf": tf})([300, 200]))
    return {
        "mean": float(value.mean()),
        "deviation": float(value.std()),
        "low": float(value.min()),
        "high": float(value.max()),
    }


def plain(expression, names):
    with tf.Graph().as_default(), tf.Session() as session:
        return listed(session.run(eval(expression, dict({k: tf.constant(v) for k, v in names.items()}, tf=tf))))


def optimizer(expression, sparse=False, rates=None):
    """The weights after 20 steps; ``rates`` are fed one by one in place of the first argument."""
    with tf.Graph().as_default(), tf.Session() as session:
        weights = tf.Variable(array((5, 2)))
        rate = tf.placeholder(tf.float32, [])
        if sparse:
            rows = tf.gather(weights, [1, 3, 3])
            loss = tf.reduce_sum(tf.square(rows - 0.3) * array((3, 2), 1.0) + 0.1 * rows)
        else:
            loss = tf.reduce_sum(tf.square(weights - 0.3) * np.abs(array((5, 2), 1.0)))
        made = eval(expression, {"tf": tf, "rate": rate}).minimize(loss)
        session.run(tf.global_variables_initializer())
        for step in range(20):
            session.run(made, {rate: (rates or [0.0] * 20)[step]})
        return listed(session.run(weights))


def metric(expression):
    with tf.Graph().as_default(), tf.Session() as session:
        values = cases.inputs(np)
        holders = {k: tf.placeholder(v.dtype, (None, *v.shape[1:])) for k, v in values.items()}
        value, update = eval(expression, dict(holders, tf=tf))
        session.run(tf.local_variables_initializer())
        session.run(update, {holders[k]: v for k, v in values.items()})
        session.run(update, {holders[k]: second(v) for k, v in values.items()})
        return float(session.run(value))


def second(value):
    value = value[:0:-1]
    return value if value.dtype == np.int64 else (0.9 * value).astype(np.float32)


def main():
    weights = array((5, 4))
    recorded = {
        "layers": {name: layer(*case) for name, case in cases.LAYERS.items()},
        "dropout": {name: dropout(case) for name, case in cases.DROPOUT.items()},
        "initializers": {case: initializer(case) for case in cases.INITIALIZERS},
        "regularizers": {case: plain(case + "(a)", {"a": weights}) for case in cases.REGULARIZERS},
        "optimizers": {case: optimizer(case) for case in cases.OPTIMIZERS},
        "sparse": {case: optimizer(case, sparse=True) for case in cases.OPTIMIZERS if case.startswith(cases.SPARSE)},
        "varying": {case: optimizer(case, rates=cases.RATES) for case in cases.VARYING},
        "schedules": {
            case: [plain(case, {"s": np.array(step, np.int64)})[0] for step in cases.STEPS] for case in cases.SCHEDULES
        },
        "losses": {case: plain(case, cases.inputs(np)) for case in cases.LOSSES},
        "metrics": {case: metric(case) for case in cases.METRICS},
    }
    with open(os.path.join(HERE, "recorded_vocabulary.json"), "w") as file:
        json.dump(recorded, file, indent=1, sort_keys=True)
        file.write("\n")


if __name__ == "__main__":
    main()
