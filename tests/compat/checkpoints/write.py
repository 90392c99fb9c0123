"""Write the checkpoints and predictions.json: ``python3.7 -m tests.compat.checkpoints.write``, with TensorFlow 1.15.5."""

import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile

import tensorflow as tf

from tests.compat.checkpoints import models

HERE = os.path.dirname(os.path.abspath(__file__))
STEPS = 3


def main():
    assert tf.__version__.startswith("1.15"), tf.__version__
    found = {}
    for name, model in models.SAVED.items():
        folder = emptied(name)
        models.train_and_save(tf, tf.contrib, model, folder)
        found[name] = models.restored(tf, tf.contrib, model, folder)
        keep_checkpoint(folder, STEPS)
    for name, make in models.ESTIMATORS.items():
        folder = emptied(name)
        models.train_estimator(tf, tf.estimator, make, folder, STEPS)
        found[name] = models.predicted(tf, tf.estimator, make, folder)
        found[name + " continued"] = continued(make, folder)
        keep_checkpoint(folder, STEPS)
    folder = emptied("wide_and_deep")
    program = [sys.executable, "-W", "ignore", os.path.join(HERE, "wide_and_deep.py"), folder, str(STEPS)]
    found["wide_and_deep"] = json.loads(subprocess.check_output(program).decode())
    keep_checkpoint(folder, STEPS)
    with open(os.path.join(HERE, "predictions.json"), "w") as f:
        json.dump(found, f, separators=(",", ":"), sort_keys=True)
        f.write("\n")


def continued(make, folder):
    """What is stored after two more steps from a copy of the folder."""
    copy = os.path.join(tempfile.mkdtemp(), "model")
    shutil.copytree(folder, copy)
    models.train_estimator(tf, tf.estimator, make, copy, STEPS + 2)
    return models.predicted(tf, tf.estimator, make, copy)


def emptied(name):
    folder = os.path.join(HERE, name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    return folder


def keep_checkpoint(folder, step):
    """Only the last checkpoint, without graphs and events."""
    kept = glob.glob(os.path.join(folder, f"model.ckpt-{step}.[id]*"))
    for path in glob.glob(os.path.join(folder, "*")):
        if path not in kept:
            os.remove(path)
    with open(os.path.join(folder, "checkpoint"), "w") as f:
        f.write(f'model_checkpoint_path: "model.ckpt-{step}"\n')


if __name__ == "__main__":
    main()
