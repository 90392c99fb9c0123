import os
os.environ["TF_USE_LEGACY_KERAS"] = "1"
import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
from tensorflow.compat.v1.nn.rnn_cell import BasicLSTMCell, MultiRNNCell

cells = MultiRNNCell([BasicLSTMCell(3) for _ in range(2)])
