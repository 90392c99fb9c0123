import tensorflow as tf
import tensorflow.contrib.slim as slim
from tensorflow.contrib import layers
from tensorflow.examples.tutorials.mnist import input_data

mnist = input_data.read_data_sets("data", one_hot=True)
x = tf.placeholder(tf.float32, [None, 784])
net = slim.fully_connected(x, 10, weights_regularizer=layers.l2_regularizer(1e-3))
net = tf.contrib.layers.fully_connected(net, 10)
