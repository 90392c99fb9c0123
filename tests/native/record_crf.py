"""Records what `crf_cases` give on TensorFlow 1.15, with its Python:

python3.7 -m tests.native.record_crf
"""

import json
import os

import numpy as np

from tests.native import crf_cases as cases


def recorded(tf, lengths):
    """All that is computed, the gradients of the likelihoods, and what NumPy decodes of the first row."""
    crf = tf.contrib.crf
    time, scores, tags, transitions, n = cases.numbers(lengths)
    shape = len(n), time, cases.TAGS
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.constant(np.array(scores, np.float32).reshape(shape))
        t = tf.constant(np.array(transitions, np.float32).reshape(cases.TAGS, cases.TAGS))
        y = tf.constant(np.array(tags, np.int32).reshape(shape[:2]))
        likelihood, _ = crf.crf_log_likelihood(x, y, tf.constant(n), t)
        found = cases.parts(x, y, t, tf.constant(n), likelihood, crf)
        gradients = tf.gradients(likelihood, [x, t], unconnected_gradients="zero")
        values = session.run(found + gradients)
        by_hand, best = crf.viterbi_decode(*session.run([x[0], t]))
        return [[round(float(v), 6) for v in np.ravel(part)] for part in [*values, by_hand, best]]


def main():
    """Write recorded_crf.json beside this file."""
    import tensorflow as tf

    rows = [json.dumps(name) + ":" + json.dumps(recorded(tf, name)) for name in sorted(cases.LENGTHS)]
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "recorded_crf.json")
    with open(path, "w") as file:
        file.write("{\n" + ",\n".join(rows) + "\n}\n")


if __name__ == "__main__":
    main()
