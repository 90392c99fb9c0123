"""dynamic_rnn over sequences of different length."""
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(5)
sequences = rng.randn(40, 6, 3).astype(np.float32)
lengths = rng.randint(2, 7, size=40)
sums = np.array([s[:n].sum() for s, n in zip(sequences, lengths)], np.float32)

inputs = tf.placeholder(tf.float32, [None, 6, 3])
length = tf.placeholder(tf.int32, [None])
wanted = tf.placeholder(tf.float32, [None])

cell = tf.nn.rnn_cell.BasicLSTMCell(8, forget_bias=1.0, state_is_tuple=True)
start = cell.zero_state(tf.shape(inputs)[0], tf.float32)
outputs, state = tf.nn.dynamic_rnn(cell, inputs, sequence_length=length, initial_state=start)
last = state.h
w = tf.get_variable('w', [8, 1])
b = tf.get_variable('b', [1], initializer=tf.zeros_initializer())
predicted = tf.squeeze(tf.matmul(last, w) + b, axis=1)
loss = tf.losses.mean_squared_error(labels=wanted, predictions=predicted)
mean_output = tf.reduce_mean(outputs, axis=[0, 2])

optimizer = tf.train.AdamOptimizer(0.02)
grads, tvars = zip(*optimizer.compute_gradients(loss))
clipped, norm = tf.clip_by_global_norm(grads, 0.5)
train = optimizer.apply_gradients(zip(clipped, tvars))

with tf.Session() as sess:
  sess.run(tf.global_variables_initializer())
  for step in range(15):
    i = np.arange(8) + 8 * (step % 4)
    feed = {inputs: sequences[i], length: lengths[i], wanted: sums[i]}
    value, size, _ = sess.run([loss, norm, train], feed)
    if step % 5 == 4:
      print('step %d loss %.4f norm %.4f' % (step, value, size))
  test = {inputs: sequences[32:], length: lengths[32:], wanted: sums[32:]}
  print('test %.5f' % sess.run(loss, test))
  print(sess.run(mean_output, test))
