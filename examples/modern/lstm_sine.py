"""Predict the next value of a noisy sine wave with a two layer LSTM (dynamic_rnn)."""
from __future__ import print_function
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


def dynamic_rnn(cell, inputs, sequence_length=None, initial_state=None):
    """Outputs of a cell over [batch, time, …] and its last state; behind the end of a sequence outputs are zero and the state stays."""
    mask = None if sequence_length is None else tf.sequence_mask(sequence_length, tf.shape(inputs)[1])
    unroll = inputs.shape[1] is not None and inputs.shape[1] <= 32  # short sequences take half the time without a loop
    layer = tf.keras.layers.RNN(cell, return_sequences=True, return_state=True, zero_output_for_mask=True, unroll=unroll)
    outputs, *state = layer(inputs, initial_state=initial_state, mask=mask)
    return outputs, state[0] if isinstance(cell.state_size, int) else state


np.random.seed(7)

TIMESTEPS = 12
HIDDEN_SIZE = 16
NUM_LAYERS = 2
TRAINING_STEPS = 120
BATCH_SIZE = 32


def generate_data(seq):
    X = []
    y = []
    for i in range(len(seq) - TIMESTEPS):
        X.append([seq[i: i + TIMESTEPS]])
        y.append([seq[i + TIMESTEPS]])
    return np.array(X, dtype=np.float32).reshape(-1, TIMESTEPS, 1), np.array(y, dtype=np.float32)


class LstmModel(object):

    def __init__(self, learning_rate=0.1):
        self.cell = MultiRNNCell([self._cell(21 + i) for i in range(NUM_LAYERS)])
        self.W = tf.Variable(tf.random_normal_initializer(stddev=0.3, seed=31)([HIDDEN_SIZE, 1]), name='softmax/W')
        self.b = tf.Variable(tf.constant_initializer(0.0)([1]), name='softmax/b')
        self.optimizer = tf.keras.optimizers.Adagrad(learning_rate, epsilon=0.0)
        self.global_step = tf.Variable(0, trainable=False, dtype=tf.int64, name="global_step")
        self.evaluate.get_concrete_function()  # layers make their variables at the first call

    def forward(self, x, lengths, y):
        outputs, state = dynamic_rnn(self.cell, x, sequence_length=lengths)
        # output of the last step, and the state of the top layer must be the same thing
        last = tf.transpose(outputs, [1, 0, 2])[-1]
        predictions = tf.matmul(last, self.W) + self.b
        loss = tf.keras.losses.MeanSquaredError()(y, predictions)
        return state, last, predictions, loss

    @tf.function(input_signature=[
        tf.TensorSpec([None, TIMESTEPS, 1], tf.float32),
        tf.TensorSpec([None, 1], tf.float32),
        tf.TensorSpec([None], tf.int32),
    ])
    def train_step(self, x, y, lengths):
        with tf.GradientTape() as tape:
            _, _, _, loss = self.forward(x, lengths, y)
        tvars = [*self.cell.trainable_variables, self.W, self.b]
        grads, norm = tf.clip_by_global_norm(tape.gradient(loss, tvars), 5.0)
        self.optimizer.apply_gradients(zip(grads, tvars))
        self.global_step.assign_add(1)
        return loss, norm

    @tf.function(input_signature=[
        tf.TensorSpec([None, TIMESTEPS, 1], tf.float32),
        tf.TensorSpec([None, 1], tf.float32),
        tf.TensorSpec([None], tf.int32),
    ])
    def evaluate(self, x, y, lengths):
        state, last, predictions, loss = self.forward(x, lengths, y)
        gap = tf.reduce_max(tf.abs(last - state[-1][1]))
        return loss, gap, predictions

    def _cell(self, seed):
        cell = LSTMCell(HIDDEN_SIZE, initializer=tf.random_uniform_initializer(-0.1, 0.1, seed=seed))
        return cell


def main():
    tf.random.set_seed(7)
    wave = np.sin(np.linspace(0, 60, 1200)) + 0.02 * np.random.randn(1200)
    X, y = generate_data(wave)
    train_X, train_y, test_X, test_y = X[:1000], y[:1000], X[1000:], y[1000:]
    model = LstmModel()

    def feed(a, b):
        return {'x': a, 'y': b, 'lengths': [TIMESTEPS] * len(a)}

    print('rnn/rnn/multi_rnn_cell/cell_0/lstm_cell/kernel:0', 'has shape', [*model.cell.trainable_variables, model.W, model.b][0].shape)
    for step in range(TRAINING_STEPS):
        rows = np.random.randint(0, len(train_X), BATCH_SIZE)
        loss, norm = (t.numpy() for t in model.train_step(**feed(train_X[rows], train_y[rows])))
        if step % 30 == 0:
            print('step %d loss %.5f gradient norm %.4f' % (step, loss, norm))
    test_loss, gap, guess = (t.numpy() for t in model.evaluate(**feed(test_X, test_y)))
    print('gap between output and state %.1f' % gap)
    print('first predictions', ' '.join('%.4f' % v for v in guess[:4, 0]))
    print('final loss %.6f' % test_loss)


if __name__ == '__main__':
    main()
