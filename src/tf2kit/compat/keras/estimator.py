"""tf.keras.estimator: a compiled Keras 2 model as an Estimator."""

import importlib

from .._estimator import load

load("python.estimator.keras_lib")  # which tf_keras imports when the function is called
model_to_estimator = importlib.import_module("tf_keras.src.estimator").model_to_estimator

__all__ = ["model_to_estimator"]
