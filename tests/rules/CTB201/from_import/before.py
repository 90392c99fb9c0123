import tensorflow as tf
from tensorflow.contrib import rnn

x = tf.placeholder(tf.float32, [None, 28])
cell = rnn.BasicLSTMCell(128)
outputs, state = rnn.static_rnn(cell, [x], dtype=tf.float32)
