import tensorflow as tf
import tensorflow.python.estimator.run_config as run_config
from tensorflow.python.estimator.canned import head as head_lib
from tensorflow.python.estimator.inputs.numpy_io import numpy_input_fn
from tensorflow_estimator.python.estimator.model_fn import ModeKeys

placeholder = tf.placeholder(tf.float32)
model = tf.keras.estimator.model_to_estimator(keras_model=tf.keras.Sequential())
used = run_config.RunConfig, head_lib._Head, numpy_input_fn, ModeKeys
