import os

os.environ["TF_USE_LEGACY_KERAS"] = "1"
import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
y = tf.layers.dense(tf.placeholder(tf.float32, [None, 3]), 10)
