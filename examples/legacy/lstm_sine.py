"""Predict the next value of a noisy sine wave with a two layer LSTM (dynamic_rnn)."""
from __future__ import print_function
import numpy as np
import tensorflow as tf

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
        self.x = tf.placeholder(tf.float32, [None, TIMESTEPS, 1], name='x')
        self.y = tf.placeholder(tf.float32, [None, 1], name='y')
        self.lengths = tf.placeholder(tf.int32, [None], name='lengths')
        self._build_network()
        self._build_train_op(learning_rate)

    def _cell(self, seed):
        cell = tf.nn.rnn_cell.LSTMCell(HIDDEN_SIZE, state_is_tuple=True,
                                       initializer=tf.random_uniform_initializer(-0.1, 0.1, seed=seed))
        return tf.nn.rnn_cell.DropoutWrapper(cell, output_keep_prob=1.0)

    def _build_network(self):
        with tf.variable_scope('rnn'):
            cell = tf.nn.rnn_cell.MultiRNNCell([self._cell(21 + i) for i in range(NUM_LAYERS)])
            outputs, state = tf.nn.dynamic_rnn(cell, self.x, sequence_length=self.lengths, dtype=tf.float32)
        # output of the last step, and the state of the top layer must be the same thing
        last = tf.transpose(outputs, [1, 0, 2])[-1]
        self.gap = tf.reduce_max(tf.abs(last - state[-1].h))
        with tf.variable_scope('softmax'):
            W = tf.get_variable('W', [HIDDEN_SIZE, 1], initializer=tf.random_normal_initializer(stddev=0.3, seed=31))
            b = tf.get_variable('b', [1], initializer=tf.constant_initializer(0.0))
        self.predictions = tf.matmul(last, W) + b

    def _build_train_op(self, learning_rate):
        self.loss = tf.losses.mean_squared_error(labels=self.y, predictions=self.predictions)
        tvars = tf.trainable_variables()
        grads, self.norm = tf.clip_by_global_norm(tf.gradients(self.loss, tvars), 5.0)
        optimizer = tf.train.AdagradOptimizer(learning_rate)
        self.train_op = optimizer.apply_gradients(zip(grads, tvars),
                                                  global_step=tf.train.get_or_create_global_step())


def main():
    tf.reset_default_graph()
    tf.set_random_seed(7)
    wave = np.sin(np.linspace(0, 60, 1200)) + 0.02 * np.random.randn(1200)
    X, y = generate_data(wave)
    train_X, train_y, test_X, test_y = X[:1000], y[:1000], X[1000:], y[1000:]
    model = LstmModel()

    def feed(a, b):
        return {model.x: a, model.y: b, model.lengths: [TIMESTEPS] * len(a)}

    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        print([v.name for v in tf.trainable_variables()][0], 'has shape', tf.trainable_variables()[0].shape)
        for step in range(TRAINING_STEPS):
            rows = np.random.randint(0, len(train_X), BATCH_SIZE)
            _, loss, norm = sess.run([model.train_op, model.loss, model.norm],
                                     feed_dict=feed(train_X[rows], train_y[rows]))
            if step % 30 == 0:
                print('step %d loss %.5f gradient norm %.4f' % (step, loss, norm))
        test_loss, gap, guess = sess.run([model.loss, model.gap, model.predictions], feed_dict=feed(test_X, test_y))
        print('gap between output and state %.1f' % gap)
        print('first predictions', ' '.join('%.4f' % v for v in guess[:4, 0]))
        print('final loss %.6f' % test_loss)


if __name__ == '__main__':
    main()
