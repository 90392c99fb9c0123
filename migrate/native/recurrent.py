"""Source of cells and of functions that run them over sequences, as TensorFlow 1 computed them; `exact` puts them into programs.

Cells keep the one kernel for inputs and state of TensorFlow 1, so that initial weights, their order and old checkpoints stay as they were.
The state of an LSTM is (c, h), that of a GRU or a basic cell one tensor (tensorflow/python/ops/rnn_cell_impl.py of 1.15).
"""

from __future__ import annotations

_LSTM_CELL = '''
class LSTMCell(tf.keras.layers.Layer):
    """The LSTM of TensorFlow 1: one kernel for inputs and state, gates in the order i, j, f, o. Its state is [c, h]."""

    def __init__(self, num_units, forget_bias=1.0, activation=None, initializer=None):
        super().__init__()
        self.state_size, self.output_size = [num_units, num_units], num_units
        self.forget_bias = forget_bias
        self.activation = tf.keras.activations.get(activation or "tanh")
        self.initializer = initializer or "glorot_uniform"

    def build(self, input_shape):
        rows, columns = input_shape[-1] + self.output_size, 4 * self.output_size
        self.kernel = self.add_weight((rows, columns), self.initializer, name="kernel")
        self.bias = self.add_weight((columns,), "zeros", name="bias")

    def get_initial_state(self, batch_size):
        return [tf.zeros([batch_size, size]) for size in self.state_size]

    def call(self, inputs, state):
        c, h = state
        i, j, f, o = tf.split(tf.matmul(tf.concat([inputs, h], 1), self.kernel) + self.bias, 4, axis=1)
        c = c * tf.sigmoid(f + self.forget_bias) + tf.sigmoid(i) * self.activation(j)
        h = self.activation(c) * tf.sigmoid(o)
        return h, [c, h]
'''

_GRU_CELL = '''
class GRUCell(tf.keras.layers.Layer):
    """The GRU of TensorFlow 1: kernels for inputs and state together, gates that start half open."""

    def __init__(self, num_units, activation=None, initializer=None):
        super().__init__()
        self.state_size = self.output_size = num_units
        self.activation = tf.keras.activations.get(activation or "tanh")
        self.initializer = initializer or "glorot_uniform"

    def build(self, input_shape):
        rows, columns = input_shape[-1] + self.output_size, self.output_size
        self.gates_kernel = self.add_weight((rows, 2 * columns), self.initializer, name="gates_kernel")
        self.gates_bias = self.add_weight((2 * columns,), "ones", name="gates_bias")
        self.candidate_kernel = self.add_weight((rows, columns), self.initializer, name="candidate_kernel")
        self.candidate_bias = self.add_weight((columns,), "zeros", name="candidate_bias")

    def get_initial_state(self, batch_size):
        return tf.zeros([batch_size, self.state_size])

    def call(self, inputs, state):
        (h,) = tf.nest.flatten(state)
        gates = tf.sigmoid(tf.matmul(tf.concat([inputs, h], 1), self.gates_kernel) + self.gates_bias)
        r, u = tf.split(gates, 2, axis=1)
        c = tf.matmul(tf.concat([inputs, r * h], 1), self.candidate_kernel) + self.candidate_bias
        h = u * h + (1 - u) * self.activation(c)
        return h, h
'''

_BASIC_RNN_CELL = '''
class BasicRNNCell(tf.keras.layers.Layer):
    """The simple cell of TensorFlow 1, with one kernel for inputs and state."""

    def __init__(self, num_units, activation=None, initializer=None):
        super().__init__()
        self.state_size = self.output_size = num_units
        self.activation = tf.keras.activations.get(activation or "tanh")
        self.initializer = initializer or "glorot_uniform"

    def build(self, input_shape):
        rows, columns = input_shape[-1] + self.output_size, self.output_size
        self.kernel = self.add_weight((rows, columns), self.initializer, name="kernel")
        self.bias = self.add_weight((columns,), "zeros", name="bias")

    def get_initial_state(self, batch_size):
        return tf.zeros([batch_size, self.state_size])

    def call(self, inputs, state):
        (h,) = tf.nest.flatten(state)
        h = self.activation(tf.matmul(tf.concat([inputs, h], 1), self.kernel) + self.bias)
        return h, h
'''

_MULTI_RNN_CELL = '''
class MultiRNNCell(tf.keras.layers.Layer):
    """Cells on top of each other; its state is the list of theirs."""

    def __init__(self, cells):
        super().__init__()
        self.cells = cells
        self.state_size = [cell.state_size for cell in cells]
        self.output_size = cells[-1].output_size

    def build(self, input_shape):
        for cell in self.cells:
            if not cell.built:
                cell.build(input_shape)
            input_shape = (input_shape[0], cell.output_size)

    def get_initial_state(self, batch_size):
        return [cell.get_initial_state(batch_size) for cell in self.cells]

    def call(self, inputs, states):
        new_states = []
        for cell, state in zip(self.cells, states):
            inputs, state = cell(inputs, state)
            new_states.append(state)
        return inputs, new_states
'''

_DROPOUT_WRAPPER = '''
class DropoutWrapper(tf.keras.layers.Layer):
    """A cell whose inputs and outputs are dropped at random, anew at every step."""

    def __init__(self, cell, input_keep_prob=1.0, output_keep_prob=1.0):
        super().__init__()
        self.cell, self.state_size, self.output_size = cell, cell.state_size, cell.output_size
        self.input_rate, self.output_rate = 1 - input_keep_prob, 1 - output_keep_prob

    def build(self, input_shape):
        if not self.cell.built:
            self.cell.build(input_shape)

    def get_initial_state(self, batch_size):
        return self.cell.get_initial_state(batch_size)

    def call(self, inputs, state):
        output, state = self.cell(tf.nn.dropout(inputs, self.input_rate), state)
        return tf.nn.dropout(output, self.output_rate), state
'''

_DYNAMIC_RNN = '''
def dynamic_rnn(cell, inputs, sequence_length=None, initial_state=None):
    """Outputs of a cell over [batch, time, …] and its last state; behind the end of a sequence outputs are zero and the state stays."""
    mask = None if sequence_length is None else tf.sequence_mask(sequence_length, tf.shape(inputs)[1])
    unroll = inputs.shape[1] is not None and inputs.shape[1] <= 32  # short sequences take half the time without a loop
    layer = tf.keras.layers.RNN(cell, return_sequences=True, return_state=True, zero_output_for_mask=True, unroll=unroll)
    outputs, *state = layer(inputs, initial_state=initial_state, mask=mask)
    return outputs, state[0] if isinstance(cell.state_size, int) else state
'''

_TIME_MAJOR_RNN = '''
def time_major_rnn(cell, inputs, sequence_length=None, initial_state=None):
    """As dynamic_rnn, over [time, batch, …]."""
    outputs, state = dynamic_rnn(cell, tf.transpose(inputs, [1, 0, 2]), sequence_length, initial_state)
    return tf.transpose(outputs, [1, 0, 2]), state
'''

_BIDIRECTIONAL_DYNAMIC_RNN = '''
def bidirectional_dynamic_rnn(
    cell_fw, cell_bw, inputs, sequence_length=None, initial_state_fw=None, initial_state_bw=None
):
    """Outputs of one cell forward over [batch, time, …] and of one backward, and both last states."""

    def reverse(values):
        if sequence_length is None:
            return tf.reverse(values, [1])
        return tf.reverse_sequence(values, sequence_length, seq_axis=1)

    forward, state_fw = dynamic_rnn(cell_fw, inputs, sequence_length, initial_state_fw)
    backward, state_bw = dynamic_rnn(cell_bw, reverse(inputs), sequence_length, initial_state_bw)
    return (forward, reverse(backward)), (state_fw, state_bw)
'''

_STATIC_RNN = '''
def static_rnn(cell, inputs, initial_state=None, sequence_length=None):
    """Outputs of a cell over a list of inputs and its last state; behind the end of a sequence outputs are zero and the state stays."""
    state = cell.get_initial_state(tf.shape(inputs[0])[0]) if initial_state is None else initial_state
    outputs = []
    for time, each in enumerate(inputs):
        output, new_state = cell(each, state)
        if sequence_length is not None:
            running = (time < sequence_length)[:, tf.newaxis]
            output = tf.where(running, output, tf.zeros_like(output))
            kept = zip(tf.nest.flatten(new_state), tf.nest.flatten(state))
            new_state = tf.nest.pack_sequence_as(new_state, [tf.where(running, new, old) for new, old in kept])
        outputs.append(output)
        state = new_state
    return outputs, state
'''

_STATIC_BIDIRECTIONAL_RNN = '''
def static_bidirectional_rnn(cell_fw, cell_bw, inputs, initial_state_fw=None, initial_state_bw=None):
    """Outputs of one cell forward over a list of inputs and of one backward, joined, and both last states."""
    forward, state_fw = static_rnn(cell_fw, inputs, initial_state_fw)
    backward, state_bw = static_rnn(cell_bw, inputs[::-1], initial_state_bw)
    return [tf.concat(pair, 1) for pair in zip(forward, backward[::-1])], state_fw, state_bw
'''

SOURCES: dict[str, str] = {
    "LSTMCell": _LSTM_CELL,
    "GRUCell": _GRU_CELL,
    "BasicRNNCell": _BASIC_RNN_CELL,
    "MultiRNNCell": _MULTI_RNN_CELL,
    "DropoutWrapper": _DROPOUT_WRAPPER,
    "dynamic_rnn": _DYNAMIC_RNN,
    "time_major_rnn": _TIME_MAJOR_RNN,
    "bidirectional_dynamic_rnn": _BIDIRECTIONAL_DYNAMIC_RNN,
    "static_rnn": _STATIC_RNN,
    "static_bidirectional_rnn": _STATIC_BIDIRECTIONAL_RNN,
}
