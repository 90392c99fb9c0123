"""The cells that only tf.contrib.rnn had. Runs on Python 3.7 as well."""

import importlib

import numpy as np

from tests.compat.cases_rnn import BATCH, LENGTHS, STEPS, static
from tests.compat.harness import Run, numbers, output_and_gradients


def private(contrib):
    """Cells that tf.contrib.rnn did not show."""
    return importlib.import_module(contrib.rnn.__name__ + ".python.ops.rnn_cell")


def once(tf, contrib, cell):
    """One step from a state that is not zero: the cells with many operations need no more."""
    flat = contrib.framework.nest.flatten(cell.zero_state(3, tf.float32))
    values = [tf.constant(numbers(t.shape.as_list(), "state %d" % i)) for i, t in enumerate(flat)]
    state = contrib.framework.nest.pack_sequence_as(cell.state_size, values)
    output, state = cell(tf.constant(STEPS[0]), state)
    return output_and_gradients(tf, tf.concat([output, *contrib.framework.nest.flatten(state)], 1))


def case_coupled(tf, contrib):
    return static(tf, contrib, contrib.rnn.CoupledInputForgetGateLSTMCell(3, forget_bias=0.5))


def case_coupled_with_everything(tf, contrib):
    cell = contrib.rnn.CoupledInputForgetGateLSTMCell(
        4, use_peepholes=True, num_proj=2, proj_clip=0.3, num_unit_shards=3, num_proj_shards=2, state_is_tuple=False
    )
    return static(tf, contrib, cell)


def case_coupled_with_layer_norm(tf, contrib):
    cell = contrib.rnn.CoupledInputForgetGateLSTMCell(3, layer_norm=True, norm_gain=0.7, norm_shift=0.1)
    inputs = [tf.constant(s) for s in STEPS]
    outputs, _ = contrib.rnn.static_rnn(cell, inputs, dtype=tf.float32)
    variables = [v for v in tf.trainable_variables() if not v.op.name.endswith("/B")]
    return Run({"output": outputs, "gradients": tf.gradients(tf.reduce_sum(outputs[-1] ** 2), variables)})


def case_time_freq(tf, contrib):
    cell = contrib.rnn.TimeFreqLSTMCell(2, feature_size=3, frequency_skip=1, use_peepholes=True, cell_clip=0.2)
    output, state = cell(tf.constant(STEPS[0]), tf.constant(numbers((3, 8), "state")))
    return output_and_gradients(tf, tf.concat([output, state], 1))


def case_grid(tf, contrib):
    cell = contrib.rnn.GridLSTMCell(
        2, use_peepholes=True, feature_size=2, frequency_skip=1, num_frequency_blocks=[3], cell_clip=0.4
    )
    return once(tf, contrib, cell)


def case_grid_shared_and_coupled(tf, contrib):
    cell = contrib.rnn.GridLSTMCell(
        2,
        use_peepholes=True,
        share_time_frequency_weights=True,
        couple_input_forget_gates=True,
        num_unit_shards=2,
        feature_size=2,
        frequency_skip=2,
        num_frequency_blocks=[2],
        state_is_tuple=False,
    )
    return once(tf, contrib, cell)


def case_grid_in_blocks(tf, contrib):
    cell = contrib.rnn.GridLSTMCell(
        2,
        feature_size=1,
        frequency_skip=1,
        num_frequency_blocks=[1, 2],
        start_freqindex_list=[0, 2],
        end_freqindex_list=[1, 4],
    )
    return once(tf, contrib, cell)


def case_bidirectional_grid(tf, contrib):
    cell = contrib.rnn.BidirectionalGridLSTMCell(
        2, feature_size=2, frequency_skip=1, num_frequency_blocks=[3], backward_slice_offset=1
    )
    run = once(tf, contrib, cell)
    run.also = lambda _: [list(cell.state_tuple_type._fields), cell.output_size]
    return run


def case_highway(tf, contrib):
    rnn = contrib.rnn
    coupled = rnn.HighwayWrapper(rnn.GRUCell(4))
    free = rnn.HighwayWrapper(rnn.BasicRNNCell(4), couple_carry_transform_gates=False, carry_bias_init=0.5)
    with tf.variable_scope("first"):
        first, _ = coupled(tf.constant(STEPS[0]), tf.constant(STEPS[1]))
    with tf.variable_scope("second"):
        second, _ = free(first, tf.constant(STEPS[2]))
    return output_and_gradients(tf, second)


def case_compiled_wrapper(tf, contrib):
    # XLA itself is not asked for: what counts is that the cell is called with its own names
    cell = contrib.rnn.CompiledWrapper(contrib.rnn.BasicLSTMCell(3))
    with tf.device("/cpu:0"):
        cell(tf.constant(STEPS[0]), cell.zero_state(3, tf.float32))
    return Run(also=lambda _: [cell.state_size, cell.output_size])


def case_update_gate(tf, contrib):
    return static(tf, contrib, contrib.rnn.UGRNNCell(3, forget_bias=0.5))


def case_intersection(tf, contrib):
    return static(tf, contrib, contrib.rnn.IntersectionRNNCell(4))


def case_intersection_with_projection(tf, contrib):
    return static(tf, contrib, contrib.rnn.IntersectionRNNCell(3, num_in_proj=3, y_activation=tf.tanh))


def phased(tf, contrib, times, **settings):
    cell = contrib.rnn.PhasedLSTMCell(3, leak=0.05, ratio_on=0.6, **settings)
    inputs = (tf.constant(times), tf.constant(BATCH))
    output, state = tf.nn.dynamic_rnn(cell, inputs, dtype=tf.float32)
    return tf.concat([tf.reshape(output, [-1]), tf.reshape(tf.concat(state, 1), [-1])], 0)


TIMES = np.cumsum(np.abs(numbers((3, 3, 1), "times")), 1).astype(np.float32)


def case_phased(tf, contrib):
    return output_and_gradients(tf, phased(tf, contrib, TIMES, use_peepholes=True))


def case_phased_with_exact_times(tf, contrib):
    output = phased(tf, contrib, TIMES.astype(np.float64), trainable_ratio_on=False)
    return output_and_gradients(tf, output)


def case_conv_1d(tf, contrib):
    cell = contrib.rnn.Conv1DLSTMCell(input_shape=[4, 2], output_channels=2, kernel_shape=[3])
    return convolutional(tf, cell, (2, 4, 2))


def case_conv_2d(tf, contrib):
    cell = contrib.rnn.Conv2DLSTMCell(
        input_shape=[3, 3, 1], output_channels=2, kernel_shape=[2, 2], use_bias=False, forget_bias=0.2
    )
    return convolutional(tf, cell, (2, 3, 3, 1))


def case_conv_3d(tf, contrib):
    cell = contrib.rnn.Conv3DLSTMCell(input_shape=[2, 2, 2, 1], output_channels=1, kernel_shape=[2, 1, 2])
    return convolutional(tf, cell, (2, 2, 2, 2, 1))


def convolutional(tf, cell, shape):
    state = cell.zero_state(shape[0], tf.float32)
    outputs = []
    with tf.variable_scope("net") as scope:
        for i in range(2):
            output, state = cell(tf.constant(numbers(shape, "image %d" % i)), state)
            outputs.append(tf.reshape(output, [-1]))
            scope.reuse_variables()
    return output_and_gradients(tf, tf.concat(outputs, 0))


def case_conv_with_skip_connection(tf, contrib):
    cell = contrib.rnn.ConvLSTMCell(1, [4, 2], 3, [2], skip_connection=True)
    output, _ = cell(tf.constant(numbers((2, 4, 2), "skip")), cell.zero_state(2, tf.float32))
    run = output_and_gradients(tf, output)
    run.also = lambda _: [cell.output_size.as_list(), cell.state_size.c.as_list()]
    return run


def case_groups(tf, contrib):
    return static(tf, contrib, contrib.rnn.GLSTMCell(4, num_proj=2, number_of_groups=2, activation=tf.nn.relu))


def case_one_group(tf, contrib):
    return static(tf, contrib, contrib.rnn.GLSTMCell(3))


def case_simple_recurrent_unit(tf, contrib):
    return static(tf, contrib, contrib.rnn.SRUCell(3))


def case_independent(tf, contrib):
    return static(tf, contrib, contrib.rnn.IndRNNCell(3, activation=tf.nn.sigmoid))


def case_independent_gru(tf, contrib):
    return static(tf, contrib, contrib.rnn.IndyGRUCell(3))


def case_independent_lstm(tf, contrib):
    return static(tf, contrib, contrib.rnn.IndyLSTMCell(3, forget_bias=0.3))


def case_initial_values(tf, contrib):
    rnn, old = contrib.rnn, private(contrib)
    ones = tf.ones([1, 2])
    rnn.IndyGRUCell(2, kernel_initializer=tf.ones_initializer(), name="indy")(ones, ones)
    old.MinimalRNNCell(2, kernel_initializer="zeros", name="minimal")(ones, ones)
    old.CFNCell(2, kernel_initializer="zeros", name="cfn")(ones, ones)
    rnn.GRUBlockCell(2, name="block")(ones, ones)
    chosen = [v for v in tf.global_variables() if "_u" not in v.op.name and "w_" not in v.op.name]
    return Run({v.op.name: v for v in chosen}, keep=True)


def case_minimal(tf, contrib):
    return static(tf, contrib, private(contrib).MinimalRNNCell(3))


def case_chaos_free(tf, contrib):
    return static(tf, contrib, private(contrib).CFNCell(3, activation="sigmoid"))


def case_layer_norm_lstm_with_everything(tf, contrib):
    cell = private(contrib).LayerNormLSTMCell(
        3, use_peepholes=True, cell_clip=0.5, num_proj=2, proj_clip=0.4, layer_norm=True, norm_gain=0.9
    )
    return static(tf, contrib, cell)


def case_layer_norm_lstm_plain(tf, contrib):
    return static(tf, contrib, private(contrib).LayerNormLSTMCell(3))


def case_weight_norm(tf, contrib):
    return static(tf, contrib, private(contrib).WeightNormLSTMCell(3, use_peepholes=True, num_proj=2, cell_clip=0.6))


def case_weight_norm_off(tf, contrib):
    return static(tf, contrib, private(contrib).WeightNormLSTMCell(3, norm=False))


def case_turing_machine(tf, contrib):
    cell = private(contrib).NTMCell(
        contrib.rnn.LSTMCell(3), memory_size=4, memory_vector_dim=2, read_head_num=1, write_head_num=1, output_dim=2
    )
    state, outputs = cell.zero_state(3, tf.float32), []
    for i, step in enumerate(STEPS[:2]):
        with tf.variable_scope("net", reuse=i > 0):
            output, state = cell(tf.constant(step), state)
        outputs.append(output)
    return output_and_gradients(tf, tf.concat(outputs + state.w_list + state.read_vector_list, 1))


def case_block_lstm(tf, contrib):
    return static(tf, contrib, contrib.rnn.LSTMBlockCell(3, forget_bias=0.5))


def case_block_lstm_with_peepholes(tf, contrib):
    return static(tf, contrib, contrib.rnn.LSTMBlockCell(3, use_peephole=True, cell_clip=0.3))


def case_block_gru(tf, contrib):
    return static(tf, contrib, contrib.rnn.GRUBlockCell(3))


def case_block_gru_with_new_names(tf, contrib):
    return static(tf, contrib, contrib.rnn.GRUBlockCellV2(3))


def case_fused_block_lstm(tf, contrib):
    cell = contrib.rnn.LSTMBlockFusedCell(3, use_peephole=True, cell_clip=0.4)
    outputs, state = cell(tf.constant(np.stack(STEPS)), dtype=tf.float32, sequence_length=LENGTHS)
    return output_and_gradients(tf, tf.concat([tf.reshape(t, [-1]) for t in (outputs, state.c, state.h)], 0))


def case_fused_block_lstm_in_both_directions(tf, contrib):
    rnn = contrib.rnn
    start = (tf.constant(STEPS[0][:, :3]), tf.constant(STEPS[1][:, :3]))
    forward, backward = rnn.LSTMBlockFusedCell(3), rnn.TimeReversedFusedRNN(rnn.LSTMBlockFusedCell(3))
    inputs = [tf.constant(s) for s in STEPS]
    outputs, state = forward(tf.stack(inputs), initial_state=start)
    with tf.variable_scope("back"):
        others, other = backward(tf.stack(inputs), dtype=tf.float32, sequence_length=LENGTHS)
    both = [*tf.unstack(outputs), state.c, state.h, other.c, other.h, *tf.unstack(others)]
    return output_and_gradients(tf, tf.concat(both, 1))


def case_fused_adaptor(tf, contrib):
    rnn = contrib.rnn
    static_fused = rnn.FusedRNNCellAdaptor(rnn.BasicLSTMCell(2))
    dynamic = rnn.TimeReversedFusedRNN(rnn.FusedRNNCellAdaptor(rnn.BasicRNNCell(2), use_dynamic_rnn=True))
    inputs = [tf.constant(s) for s in STEPS]
    first, _ = static_fused(tf.stack(inputs), dtype=tf.float32, sequence_length=LENGTHS)
    with tf.variable_scope("back"):
        second, _ = dynamic(inputs, dtype=tf.float32)
    return output_and_gradients(tf, tf.concat([first, tf.stack(second)], 2))


def case_cudnn_lstm(tf, contrib):
    return static(tf, contrib, contrib.cudnn_rnn.CudnnCompatibleLSTMCell(3))


def case_cudnn_gru(tf, contrib):
    cell = contrib.rnn.MultiRNNCell([contrib.cudnn_rnn.CudnnCompatibleGRUCell(3) for _ in range(2)])
    return static(tf, contrib, cell)


def case_cudnn_gru_initial_values(tf, contrib):
    cell = contrib.cudnn_rnn.CudnnCompatibleGRUCell(2, kernel_initializer=tf.ones_initializer())
    cell(tf.ones([1, 2]), tf.ones([1, 2]))
    return Run({v.op.name: v for v in tf.global_variables()}, keep=True)
