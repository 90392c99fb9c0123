import numpy as np
import tensorflow as tf


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


def network(steps):
    outputs, _ = static_rnn(basic_rnn_cell, steps)
    return outputs[-1]


basic_rnn_cell = BasicRNNCell(3)


@tf.function(input_signature=[tf.TensorSpec([None, 4, 2], tf.float32)])
def compute_long(x):
    long = network(tf.unstack(x, 4, 1))
    return long


@tf.function(input_signature=[tf.TensorSpec([None, 2, 2], tf.float32)])
def compute_short(y):
    short = network(tf.unstack(y, 2, 1))
    return short


print(compute_long(np.ones([1, 4, 2])).numpy())
print(compute_short(np.ones([1, 2, 2])).numpy())
