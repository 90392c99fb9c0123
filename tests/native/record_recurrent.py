"""Records what `recurrent_cases` give on TensorFlow 1.15, with its Python:

python3.7 -m tests.native.record_recurrent
"""

import json
import os

import numpy as np

from tests.native import recurrent_cases as cases


def recorded(tf, cell, run):
    """All outputs and states, and the gradients of the sum of their squares by every variable."""
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.constant(np.array(cases.inputs(), np.float32).reshape(cases.BATCH, cases.TIME, cases.INPUTS))
        scope = {"tf": tf, "x": x, "n": tf.constant(cases.LENGTHS), "steps": tf.unstack(x, axis=1)}
        scope.update(a=eval(cell, scope), b=eval(cell, scope))
        found = tf.contrib.framework.nest.flatten(eval(run, scope))
        variables = tf.trainable_variables()
        gradients = tf.gradients(sum(tf.reduce_sum(t * t) for t in found), variables)
        for number, variable in enumerate(variables):
            shape = variable.shape.as_list()
            variable.load(np.array(cases.weight(number, shape), np.float32).reshape(shape), session)
        return [[round(float(v), 6) for v in part.ravel()] for part in session.run(found + gradients)]


def main():
    """Write recorded_recurrent.json beside this file."""
    import tensorflow as tf

    rows = []
    for cell in sorted(cases.CELLS):
        for run in sorted(cases.RUNS):
            numbers = recorded(tf, cases.CELLS[cell], cases.RUNS[run])
            rows.append(json.dumps(f"{cell}, {run}") + ":" + json.dumps(numbers, separators=(",", ":")))
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "recorded_recurrent.json")
    with open(path, "w") as file:
        file.write("{\n" + ",\n".join(rows) + "\n}\n")


if __name__ == "__main__":
    main()
