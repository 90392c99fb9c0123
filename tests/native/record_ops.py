"""Records what the calls of `ops_cases.py` give on TensorFlow 1.15, with its Python:

python3.7 -m tests.native.record_ops
"""

import json
import os

import numpy as np

from tests.native import ops_cases


def main():
    """Evaluate each case in a graph of its own, and write recorded_ops.json beside this file."""
    import tensorflow as tf

    found = {}
    for text in ops_cases.expressions():
        with tf.Graph().as_default(), tf.Session() as session:
            scope = {"tf": tf, "np": np}
            exec(ops_cases.INPUTS, scope)
            found[text] = ops_cases.plain(session.run(eval(text, scope)))
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "recorded_ops.json")
    with open(path, "w") as file:
        rows = ",\n".join("{}:{}".format(json.dumps(k), json.dumps(v, separators=(",", ":"))) for k, v in found.items())
        file.write("{\n" + rows + "\n}\n")


if __name__ == "__main__":
    main()
