"""Print what tf2kit.compat makes of the checkpoints, as JSON: ``python -m tests.compat.checkpoints.read FOLDER``, a folder for copies."""

import json
import shutil
import sys
from pathlib import Path

import tensorflow.compat.v1 as tf

from tests.compat.checkpoints import models

HERE = Path(__file__).parent


def main(copies: str) -> None:
    tf.disable_v2_behavior()
    tf.logging.set_verbosity(tf.logging.ERROR)
    from tf2kit.compat import contrib, estimator

    found = {name: models.restored(tf, contrib, model, str(HERE / name)) for name, model in models.SAVED.items()}
    for name, make in models.ESTIMATORS.items():
        folder = shutil.copytree(HERE / name, Path(copies) / name)
        found[name] = models.predicted(tf, estimator, make, str(folder))
        models.train_estimator(tf, estimator, make, str(folder), 5)
        found[f"{name} continued"] = models.predicted(tf, estimator, make, str(folder))
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
