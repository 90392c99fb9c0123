import os
os.environ["TF_USE_LEGACY_KERAS"] = "1"
import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
from tf2kit.compat.keras import estimator as tf_keras_estimator
import tf2kit.compat.estimator.python.estimator.run_config as run_config
from tf2kit.compat.estimator.python.estimator.canned import head as head_lib
from tf2kit.compat.estimator.python.estimator.inputs.numpy_io import numpy_input_fn
from tf2kit.compat.estimator.python.estimator.model_fn import ModeKeys

placeholder = tf.placeholder(tf.float32)
model = tf_keras_estimator.model_to_estimator(keras_model=tf.keras.Sequential())
used = run_config.RunConfig, head_lib._Head, numpy_input_fn, ModeKeys
