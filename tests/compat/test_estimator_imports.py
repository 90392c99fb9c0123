"""What can be imported of Estimators under either Keras, and what an import or a use that cannot work says."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import pytest

pytestmark = pytest.mark.slow
GIVEN = """
    import tensorflow.compat.v1 as tf
    tf.disable_v2_behavior()
    tf.logging.set_verbosity(tf.logging.WARN)

    def failed(code):
        try:
            exec(code)
        except ImportError as error:
            return str(error)
        return "imported"
"""


def run(code: str, legacy_keras: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "TF_USE_LEGACY_KERAS": legacy_keras, "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-c", textwrap.dedent(GIVEN) + textwrap.dedent(code)]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=True)


def test_every_import_form_works_and_private_paths_hold_the_same_objects() -> None:
    done = run(
        """
        import tf2kit.compat.estimator.python.estimator.canned.head as head
        from tf2kit.compat import estimator
        from tf2kit.compat.estimator import DNNClassifier
        from tf2kit.compat.estimator.inputs import numpy_input_fn
        from tf2kit.compat.estimator.python.estimator import keras, model_fn
        from tf2kit.compat.keras.estimator import model_to_estimator
        from tf2kit.compat.estimator import *

        print(estimator.inputs.numpy_input_fn is numpy_input_fn, model_fn.ModeKeys is ModeKeys, RunConfig is estimator.RunConfig)
        print(head._Head.__name__, keras.model_to_estimator.__name__, estimator.tpu.experimental.EmbeddingConfigSpec.__name__)
        for name in ("BoostedTreesClassifier", "python.estimator.nothing", "Nothing"):
            print(failed(f"from tf2kit.compat.estimator import {name}" if "." not in name else f"import tf2kit.compat.estimator.{name}"))
            print(hasattr(estimator, name))
        """,
        "1",
    )
    assert done.stdout.splitlines() == [
        "True True True",
        "_Head model_to_estimator EmbeddingConfigSpec",
        "tf.estimator.BoostedTreesClassifier is gone and not part of tf2kit.compat. Use the package tensorflow_decision_forests, or "
        "scikit-learn's HistGradientBoostingClassifier and Regressor.",
        "False",
        "tf.estimator.python.estimator.nothing is not in this version of tf2kit. `tf2kit explain CTB204` says what to do.",
        "False",
        "tf.estimator.Nothing is not in this version of tf2kit. `tf2kit explain CTB204` says what to do.",
        "False",
    ]


def test_without_legacy_keras_a_model_fn_trains_quietly_and_canned_estimators_say_what_they_need() -> None:
    done = run(
        """
        import numpy as np
        from tf2kit.compat import estimator

        def model_fn(features, labels, mode):
            weight = tf.get_variable("weight", [], initializer=tf.zeros_initializer())
            loss = tf.reduce_mean(tf.square(features["x"] * weight - labels))
            step = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
            return estimator.EstimatorSpec(mode, loss=loss, train_op=step)

        def data():
            return tf.data.Dataset.from_tensors(({"x": np.ones(2, np.float32)}, np.ones(2, np.float32))).repeat(3)

        print(round(float(estimator.Estimator(model_fn).train(data).get_variable_value("weight")), 3))
        for name in ("DNNClassifier", "LinearRegressor", "BinaryClassHead", "BaselineClassifier"):
            print(failed(f"from tf2kit.compat.estimator import {name}"))
        """,
        "0",
    )
    needs = (
        "needs Keras 2: install tf_keras and set TF_USE_LEGACY_KERAS=1 before TensorFlow is first imported "
        "(`tf2kit explain RUN402`)."
    )
    assert done.stdout.splitlines() == [
        "0.488",
        *(f"tf.estimator.{name} {needs}" for name in ("DNNClassifier", "LinearRegressor", "BinaryClassHead")),
        "imported",
    ]
    # one line is TensorFlow's own, for disable_v2_behavior
    assert done.stderr.count("is deprecated") <= 1
