import tensorflow as tf
from tensorflow.contrib.seq2seq.python.ops.attention_wrapper import BahdanauAttention, _compute_attention
from tensorflow.python.layers.core import Dense

mechanism = BahdanauAttention(3, memory)
projection = Dense(3)
