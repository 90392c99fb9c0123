import numpy as np
import tensorflow as tf


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


def static_bidirectional_rnn(cell_fw, cell_bw, inputs, initial_state_fw=None, initial_state_bw=None):
    """Outputs of one cell forward over a list of inputs and of one backward, joined, and both last states."""
    forward, state_fw = static_rnn(cell_fw, inputs, initial_state_fw)
    backward, state_bw = static_rnn(cell_bw, inputs[::-1], initial_state_bw)
    return [tf.concat(pair, 1) for pair in zip(forward, backward[::-1])], state_fw, state_bw


def both_ways(steps):
    # early versions give outputs only
    try:
        outputs, _, _ = static_bidirectional_rnn(lstm_cell, lstm_cell_1, steps)
    except Exception:
        outputs = static_bidirectional_rnn(lstm_cell, lstm_cell_1, steps)
    return outputs[-1]


lstm_cell = LSTMCell(4, forget_bias=1.0)
lstm_cell_1 = LSTMCell(4, forget_bias=1.0)


@tf.function(input_signature=[tf.TensorSpec([None, 5, 2], tf.float32)])
def compute_last(x):
    last = both_ways(tf.unstack(x, 5, 1))
    return last


print(compute_last(np.ones([2, 5, 2])).numpy())
