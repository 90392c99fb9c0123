import os
os.environ["TF_USE_LEGACY_KERAS"] = "1"
import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
from tf2kit.compat.contrib.seq2seq.python.ops.attention_wrapper import BahdanauAttention, _compute_attention
from tensorflow.python.layers.core import Dense

mechanism = BahdanauAttention(3, memory)
projection = Dense(3)
