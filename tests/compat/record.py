"""Record what TensorFlow 1.15 does in each case: run with Python 3.7 and TensorFlow 1.15.5 at the top of the project.

    OLD_PATHS="$(python3.11 -c 'import json; from tf2kit.compat.contrib._paths import PATHS; print(json.dumps(sorted(PATHS)))')" \\
        python3.7 -m tests.compat.record [PART...]

PART is the PART of a ``cases_PART.py``; without one, everything is recorded. ``names`` records the public names of all parts and
of tf.contrib; it asks for the private paths that tf2kit.compat has, because the table of them needs a newer Python.
"""

import json
import os
import sys

import tensorflow as tf

from tests.compat import contrib_names, eagerly, encoder_program, harness, mnist_order, names, pure, signatures

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "recorded")


def write(name, content):
    with open(os.path.join(FOLDER, name + ".json"), "w") as f:
        json.dump(content, f, indent=None, separators=(",", ":"), sort_keys=True)
        f.write("\n")


def old_paths():
    """The keys of the table of private paths."""
    return json.loads(os.environ["OLD_PATHS"])


def main(wanted):
    assert tf.__version__.startswith("1.15"), tf.__version__
    if not wanted:
        record_names()
        record_others()
    for part in wanted or harness.parts():
        write(part, {name: record_case(part, name, case) for name, case in sorted(harness.cases_of(part).items())})


def record_names():
    write("names", names.theirs(tf, old_paths()))
    walked = contrib_names.walk(tf.contrib)
    write("contrib", walked)
    write("signatures", signatures.of_115(tf.contrib, walked))


def record_others():
    from tensorflow.contrib.learn.python.learn.datasets import mnist
    from tensorflow.examples.tutorials.mnist import input_data

    write("eager", eagerly.results(tf, tf.contrib.eager))
    write("pure", pure.results(tf.contrib.training, tf.contrib.learn.preprocessing))
    encoder_program.write_checkpoint()
    write("encoder", encoder_program.results([sys.executable, "-W", "ignore"]))
    write("mnist", mnist_order.results(mnist, input_data.read_data_sets))


def record_case(part, name, case):
    print(part, name)
    try:
        return harness.describe(tf, tf.contrib, case)
    except Exception as error:
        raise RuntimeError("while recording %s of %s" % (name, part)) from error


if __name__ == "__main__":
    if sys.argv[1:] == ["names"]:
        record_names()
    else:
        main(sys.argv[1:])
