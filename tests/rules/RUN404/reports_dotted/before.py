import os
os.environ["TF_USE_LEGACY_KERAS"] = "1"
import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
import keras.layers

session = tf.Session()
print(keras.layers.Dense)
