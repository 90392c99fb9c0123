import os
os.environ["TF_USE_LEGACY_KERAS"] = "1"
import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
from tf2kit.compat import contrib as tf_contrib
import tf2kit.compat.contrib.slim as slim
from tf2kit.compat.contrib import layers
from tf2kit.compat.examples.tutorials.mnist import input_data

mnist = input_data.read_data_sets("data", one_hot=True)
x = tf.placeholder(tf.float32, [None, 784])
net = slim.fully_connected(x, 10, weights_regularizer=layers.l2_regularizer(1e-3))
net = tf_contrib.layers.fully_connected(net, 10)
