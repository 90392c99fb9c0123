"""Cells and static functions of tf.contrib.rnn. Runs on Python 3.7 as well."""

import importlib

import numpy as np

from tests.compat.harness import Run, numbers, output_and_gradients

STEPS = [numbers((3, 4), "step %d" % i) for i in range(3)]
BATCH = np.stack(STEPS, 1)
LENGTHS = [3, 1, 2]


def static(tf, contrib, cell):
    outputs, state = contrib.rnn.static_rnn(cell, [tf.constant(s) for s in STEPS], dtype=tf.float32)
    parts = outputs + list(contrib.framework.nest.flatten(state))
    return output_and_gradients(tf, tf.concat([tf.reshape(p, [3, -1]) for p in parts], 1))


def case_basic_lstm(tf, contrib):
    return static(tf, contrib, contrib.rnn.BasicLSTMCell(3, forget_bias=0.5))


def case_lstm_with_peepholes(tf, contrib):
    return static(tf, contrib, contrib.rnn.LSTMCell(3, use_peepholes=True, num_proj=2, cell_clip=0.5))


def case_stacked_gru_and_rnn(tf, contrib):
    rnn = contrib.rnn
    return static(tf, contrib, rnn.MultiRNNCell([rnn.GRUCell(4), rnn.ResidualWrapper(rnn.BasicRNNCell(4))]))


def case_dropout_wrapper_in_inference(tf, contrib):
    rnn = contrib.rnn
    return static(
        tf, contrib, rnn.DropoutWrapper(rnn.DeviceWrapper(rnn.BasicLSTMCell(3), "/cpu:0"), output_keep_prob=1.0)
    )


def case_layer_norm_lstm(tf, contrib):
    return static(tf, contrib, contrib.rnn.LayerNormBasicLSTMCell(3, norm_gain=0.5, norm_shift=0.1))


def case_layer_norm_lstm_with_dropout(tf, contrib):
    return static(
        tf, contrib, contrib.rnn.LayerNormBasicLSTMCell(3, layer_norm=False, dropout_keep_prob=0.7, dropout_prob_seed=5)
    )


def case_layer_norm_lstm_initial_values(tf, contrib):
    run = static(tf, contrib, contrib.rnn.LayerNormBasicLSTMCell(2, norm_gain=0.5, norm_shift=0.1))
    norms = [v for v in tf.trainable_variables() if "kernel" not in v.op.name]
    return Run({v.op.name: v for v in norms}, keep=True, also=lambda _: len(run.fetches["gradients"]))


def case_output_projection(tf, contrib):
    rnn = contrib.rnn
    return static(tf, contrib, rnn.OutputProjectionWrapper(rnn.BasicLSTMCell(3), 2, activation=tf.tanh))


def case_output_projection_in_a_loop(tf, contrib):
    rnn = contrib.rnn
    cell = rnn.OutputProjectionWrapper(rnn.BasicRNNCell(3, activation=tf.nn.relu), output_size=1)
    outputs, state = tf.nn.dynamic_rnn(cell, tf.constant(BATCH), dtype=tf.float32, sequence_length=LENGTHS)
    return output_and_gradients(tf, tf.concat([tf.reshape(outputs, [-1]), tf.reshape(state, [-1])], 0))


def case_input_projection(tf, contrib):
    rnn = contrib.rnn
    return static(tf, contrib, rnn.InputProjectionWrapper(rnn.GRUCell(3), 2, activation=tf.nn.relu))


def case_embedding_wrapper(tf, contrib):
    cell = contrib.rnn.EmbeddingWrapper(contrib.rnn.BasicLSTMCell(3), 5, 2)
    outputs, _ = contrib.rnn.static_rnn(cell, [tf.constant([1, 4]), tf.constant([0, 1])], dtype=tf.float32)
    return output_and_gradients(tf, tf.concat(outputs, 1))


def case_attention_cell(tf, contrib):
    return static(tf, contrib, contrib.rnn.AttentionCellWrapper(contrib.rnn.BasicLSTMCell(3), 2, attn_vec_size=4))


def case_attention_cell_concatenated(tf, contrib):
    return static(tf, contrib, contrib.rnn.AttentionCellWrapper(contrib.rnn.GRUCell(3), 2, state_is_tuple=False))


def case_nas_cell(tf, contrib):
    return static(tf, contrib, contrib.rnn.NASCell(3, num_proj=2, use_bias=True))


def case_nas_cell_plain(tf, contrib):
    return static(tf, contrib, contrib.rnn.NASCell(3))


def case_bidirectional(tf, contrib):
    rnn = contrib.rnn
    inputs = [tf.constant(s) for s in STEPS]
    outputs, fw, bw = rnn.static_bidirectional_rnn(
        rnn.BasicLSTMCell(2), rnn.BasicLSTMCell(2), inputs, dtype=tf.float32, sequence_length=LENGTHS
    )
    return output_and_gradients(tf, tf.concat([*outputs, fw.c, bw.h], 1))


def case_stacked_bidirectional(tf, contrib):
    rnn = contrib.rnn
    cells = [[rnn.GRUCell(2), rnn.GRUCell(3)] for _ in range(2)]
    outputs, fw, bw = rnn.stack_bidirectional_rnn(cells[0], cells[1], [tf.constant(s) for s in STEPS], dtype=tf.float32)
    return output_and_gradients(tf, tf.concat(outputs + list(fw) + list(bw), 1))


def case_stacked_bidirectional_in_a_loop(tf, contrib):
    rnn = contrib.rnn
    cells = [[rnn.BasicLSTMCell(2), rnn.BasicLSTMCell(3)] for _ in range(2)]
    outputs, fw, bw = rnn.stack_bidirectional_dynamic_rnn(
        cells[0], cells[1], tf.constant(BATCH), dtype=tf.float32, sequence_length=LENGTHS
    )
    return output_and_gradients(tf, tf.concat([tf.reshape(outputs, [3, -1]), fw[1].c, bw[0].h], 1))


def case_linear(tf, contrib):
    from_private = importlib.import_module(contrib.rnn.__name__ + ".python.ops.core_rnn_cell")._linear
    with tf.variable_scope("here"):
        h = from_private([tf.constant(STEPS[0]), tf.constant(STEPS[1])], 3, True)
    return output_and_gradients(tf, h)
