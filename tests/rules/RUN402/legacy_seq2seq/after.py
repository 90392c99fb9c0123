import os
os.environ["TF_USE_LEGACY_KERAS"] = "1"
import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
from tf2kit.compat.contrib import legacy_seq2seq

outputs, state = legacy_seq2seq.rnn_decoder(inputs, state, cell)
