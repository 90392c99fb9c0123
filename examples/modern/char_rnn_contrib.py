"""Character model with tf.contrib.rnn, shared variables (reuse) and Xavier initialization."""
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


text = 'hello tensorflow, goodbye session. ' * 20
chars = sorted(set(text))
char_to_ix = {c: i for i, c in enumerate(chars)}
ids = np.array([char_to_ix[c] for c in text], dtype=np.int32)
vocab = len(chars)

seq_len, n_hidden, embedding, batch = 10, 24, 12, 8
rs = np.random.RandomState(4)
tf.random.set_seed(4)


def RNN(x):
    """One weight set for training and for sampling: the second call reuses."""
    # a list of 'steps' tensors of shape (batch, embedding)
    steps = tf.unstack(tf.nn.embedding_lookup(model_embedding, x), seq_len, 1)
    outputs, states = static_rnn(rnn_lstm_cell, steps)
    return tf.matmul(outputs[-1], model_w) + model_b


model_embedding = tf.Variable(tf.keras.initializers.GlorotUniform(seed=1)([vocab, embedding]), name='model/embedding')
model_w = tf.Variable(tf.keras.initializers.GlorotUniform(seed=2)([n_hidden, vocab]), name='model/w')
model_b = tf.Variable(tf.zeros_initializer()([vocab]), name='model/b')
rnn_lstm_cell = LSTMCell(n_hidden, forget_bias=1.0, initializer=tf.random_uniform_initializer(-0.2, 0.2, seed=3))
reg = tf.keras.regularizers.L2(0.5 * 1e-4)
optimizer = tf.keras.optimizers.Adam(learning_rate=0.01, epsilon=1e-8)


@tf.function(input_signature=[
    tf.TensorSpec([None, seq_len], tf.int32),
    tf.TensorSpec([None], tf.int32),
])
def train_step(x, y):
    with tf.GradientTape() as tape:
        logits = RNN(x)
        cost = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(logits=logits, labels=y))
        cost_with_decay = cost + tf.add_n([reg(v) for v in [model_embedding, model_w, *rnn_lstm_cell.trainable_variables]])
    variables = [model_embedding, model_w, model_b, *rnn_lstm_cell.trainable_variables]
    gradients = list(zip(tape.gradient(cost_with_decay, variables), variables))
    capped = [(tf.clip_by_value(grad, -1., 1.), var) for grad, var in gradients if grad is not None]
    optimizer.apply_gradients([(tf.convert_to_tensor(g), v) for g, v in capped])
    return cost


@tf.function(input_signature=[tf.TensorSpec([None, seq_len], tf.int32)])
def compute_sample(x):
    sample = tf.argmax(RNN(x), 1)
    return sample


compute_sample.get_concrete_function()  # layers make their variables at the first call

print('variables:', len([model_embedding, model_w, model_b, *rnn_lstm_cell.trainable_variables]))
for i in range(151):
    starts = rs.randint(0, len(ids) - seq_len - 1, batch)
    bx = np.stack([ids[s:s + seq_len] for s in starts])
    by = ids[starts + seq_len]
    c = train_step(bx, by).numpy()
    if i % 50 == 0:
        print('iteration', i, 'cost %.5f' % c)
window = list(ids[:seq_len])
for _ in range(25):
    window.append(int(compute_sample([window[-seq_len:]]).numpy()[0]))
print('sample: %r' % ''.join(chars[i] for i in window))
print('final loss %.6f' % c)
