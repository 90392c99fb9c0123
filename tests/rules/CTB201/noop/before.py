import os
os.environ["TF_USE_LEGACY_KERAS"] = "1"
import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()

cell = tf.nn.rnn_cell.BasicLSTMCell(128)
contrib = {"rnn": cell}
