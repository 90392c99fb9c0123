import tensorflow as tf
from tensorflow.contrib import legacy_seq2seq

outputs, state = legacy_seq2seq.rnn_decoder(inputs, state, cell)
