"""Record what TensorFlow 1.15 does in each case: run with Python 3.7 and TensorFlow 1.15.5 at the top of the project.

    OLD_PATHS="$(python3.11 -c 'import json; from tf2kit.compat.contrib._paths import PATHS; print(json.dumps(sorted(PATHS)))')" \\
        python3.7 -m tests.compat.record

It also asks for the private paths that tf2kit.compat has, because the table of them needs a newer Python.
"""

import json
import os

import tensorflow as tf

from tests.compat import eagerly, harness, mnist_order, names, pure

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "recorded")


def write(name, content):
    with open(os.path.join(FOLDER, name + ".json"), "w") as f:
        json.dump(content, f, indent=None, separators=(",", ":"), sort_keys=True)
        f.write("\n")


def old_paths():
    """The keys of the table of private paths."""
    return json.loads(os.environ["OLD_PATHS"])


def main():
    assert tf.__version__.startswith("1.15"), tf.__version__
    found = names.by_part(tf.contrib)
    found.update(names.by_path("tensorflow.contrib", set(old_paths()) - set(found)))
    write("names", found)
    write("eager", eagerly.results(tf, tf.contrib.eager))
    write("pure", pure.results(tf.contrib.training, tf.contrib.learn.preprocessing))
    from tensorflow.contrib.learn.python.learn.datasets import mnist
    from tensorflow.examples.tutorials.mnist import input_data

    write("mnist", mnist_order.results(mnist.DataSet, input_data.read_data_sets))
    by_part = {}
    for name, case in sorted(harness.all_cases().items()):
        print(name)
        part, _, rest = name.partition(".")
        try:
            by_part.setdefault(part, {})[rest] = harness.describe(tf, tf.contrib, case)
        except Exception as error:
            raise RuntimeError("while recording " + name) from error
    for part, records in by_part.items():
        write(part, records)


if __name__ == "__main__":
    main()
