"""The network: a stacked LSTM that is unrolled by hand, and whose state goes on from piece to piece."""
import tensorflow as tf

import reader


class WordRNN(object):
  """Guesses the next word; with `training`, also has the operation that learns."""

  def __init__(self, text, words, size, training, name):
    self.size, self.training = size, training
    self.steps = (len(text) // size.batch - 1) // size.unrolled
    x, y = reader.pieces(text, size.batch, size.unrolled, name)
    self.cell = tf.contrib.rnn.MultiRNNCell([self._layer(i) for i in range(size.layers)], state_is_tuple=True)
    self.first_state = self.cell.zero_state(size.batch, tf.float32)
    hidden, self.last_state = self._unroll(self._embed(x, words))
    self.cost = self._cost(hidden, y, words)
    if training:
      self._learn()

  def _layer(self, seed):
    cell = tf.contrib.rnn.BasicLSTMCell(self.size.width, forget_bias=0.0, reuse=tf.get_variable_scope().reuse)
    if not self.training or self.size.keep == 1:
      return cell
    return tf.contrib.rnn.DropoutWrapper(cell, output_keep_prob=self.size.keep, seed=seed)

  def _embed(self, x, words):
    with tf.device('/cpu:0'):
      table = tf.get_variable('embedding', [words, self.size.width])
      found = tf.nn.embedding_lookup(table, x)
    return tf.nn.dropout(found, self.size.keep, seed=9) if self.training and self.size.keep < 1 else found

  def _unroll(self, inputs):
    outputs, state = [], self.first_state
    with tf.variable_scope('RNN') as scope:
      for i, column in enumerate(tf.unstack(inputs, axis=1)):
        if i:
          scope.reuse_variables()
        output, state = self.cell(column, state)
        outputs.append(output)
    return tf.reshape(tf.stack(outputs, axis=1), [-1, self.size.width]), state

  def _cost(self, hidden, y, words):
    """Of a piece, summed over its words."""
    w = tf.get_variable('softmax_w', [self.size.width, words])
    b = tf.get_variable('softmax_b', [words], initializer=tf.zeros_initializer())
    ones = tf.ones([self.size.batch * self.size.unrolled])
    costs = tf.contrib.legacy_seq2seq.sequence_loss_by_example([tf.nn.xw_plus_b(hidden, w, b)], [tf.reshape(y, [-1])], [ones])
    return tf.reduce_sum(costs) / self.size.batch

  def _learn(self):
    self.rate = tf.Variable(0.0, trainable=False, name='rate')
    self.fed_rate = tf.placeholder(tf.float32, [], name='fed_rate')
    self.set_rate = self.rate.assign(self.fed_rate)
    variables = tf.trainable_variables()
    gradients, _ = tf.clip_by_global_norm(tf.gradients(self.cost, variables), self.size.longest_gradient)
    self.train_op = tf.train.GradientDescentOptimizer(self.rate).apply_gradients(
        zip(gradients, variables), global_step=tf.contrib.framework.get_or_create_global_step())
