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


def dynamic_rnn(cell, inputs, sequence_length=None, initial_state=None):
    """Outputs of a cell over [batch, time, …] and its last state; behind the end of a sequence outputs are zero and the state stays."""
    mask = None if sequence_length is None else tf.sequence_mask(sequence_length, tf.shape(inputs)[1])
    unroll = inputs.shape[1] is not None and inputs.shape[1] <= 32  # short sequences take half the time without a loop
    layer = tf.keras.layers.RNN(cell, return_sequences=True, return_state=True, zero_output_for_mask=True, unroll=unroll)
    outputs, *state = layer(inputs, initial_state=initial_state, mask=mask)
    return outputs, state[0] if isinstance(cell.state_size, int) else state


cell = LSTMCell(3)
start = cell.get_initial_state(1)


@tf.function(input_signature=[tf.TensorSpec([1, 5, 2], tf.float32)])
def evaluate(x):
    outputs, last = dynamic_rnn(cell, x, initial_state=start)
    return outputs, last


@tf.function(input_signature=[
    tf.TensorSpec([1, 5, 2], tf.float32),
    tf.nest.map_structure(tf.TensorSpec.from_tensor, start),
])
def evaluate_1(x, start):
    outputs, last = dynamic_rnn(cell, x, initial_state=start)
    return outputs, last


out, state = tf.nest.map_structure(lambda t: t.numpy(), evaluate(np.ones([1, 5, 2])))
out, state = tf.nest.map_structure(lambda t: t.numpy(), evaluate_1(np.ones([1, 5, 2]), state))
print(out)
print(state[1])
