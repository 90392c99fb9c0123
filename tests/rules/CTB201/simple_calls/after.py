import os
os.environ["TF_USE_LEGACY_KERAS"] = "1"
import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()

x = tf.placeholder(tf.float32, [None, 2, 3])
flat = tf.layers.flatten(x)
w = tf.get_variable("w", [6, 1], initializer=tf.glorot_uniform_initializer())
step = tf.train.get_or_create_global_step()
