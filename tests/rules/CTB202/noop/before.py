import os
os.environ["TF_USE_LEGACY_KERAS"] = "1"
import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
from tf2kit.compat import contrib as tf_contrib

net = tf_contrib.layers.fully_connected(tf.placeholder(tf.float32, [None, 784]), 10)  # tf2kit: ignore[CTB204]
