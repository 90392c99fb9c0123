import os
os.environ["TF_USE_LEGACY_KERAS"] = "1"
import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()

x = tf.placeholder(tf.float32, [None, 28])
cell = tf.nn.rnn_cell.BasicLSTMCell(128)
outputs, state = tf.nn.static_rnn(cell, [x], dtype=tf.float32)
