import os
os.environ["TF_USE_LEGACY_KERAS"] = "1"
import tensorflow as tf
tf.compat.v1.disable_v2_behavior()

h = tf.compat.v1.layers.dense(tf.compat.v1.placeholder(tf.float32, [None, 3]), 10)
tf.compat.v1.summary.scalar("loss", tf.reduce_mean(h))
