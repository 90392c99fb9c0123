import numpy as np
import tensorflow as tf


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


def dynamic_rnn(cell, inputs, sequence_length=None, initial_state=None):
    """Outputs of a cell over [batch, time, …] and its last state; behind the end of a sequence outputs are zero and the state stays."""
    mask = None if sequence_length is None else tf.sequence_mask(sequence_length, tf.shape(inputs)[1])
    unroll = inputs.shape[1] is not None and inputs.shape[1] <= 32  # short sequences take half the time without a loop
    layer = tf.keras.layers.RNN(cell, return_sequences=True, return_state=True, zero_output_for_mask=True, unroll=unroll)
    outputs, *state = layer(inputs, initial_state=initial_state, mask=mask)
    return outputs, state[0] if isinstance(cell.state_size, int) else state


def layer(units):
    cell = GRUCell(units, initializer=tf.random_uniform_initializer(-0.1, 0.1))
    return DropoutWrapper(cell, output_keep_prob=0.9)


cell = MultiRNNCell([layer(units) for units in (4, 3)])
optimizer = tf.keras.optimizers.SGD(0.1)


@tf.function(input_signature=[
    tf.TensorSpec([None, 5, 2], tf.float32),
    tf.TensorSpec([None], tf.int32),
])
def train_step(x, lengths):
    with tf.GradientTape() as tape:
        outputs, states = dynamic_rnn(cell, x, lengths)
        top = states[-1]
        loss = tf.reduce_mean(top)
    variables = cell.trainable_variables
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss


for _ in range(3):
    value = train_step(np.ones([2, 5, 2]), [5, 3]).numpy()
print(value)
