"""Q-learning with a target network that is copied every few steps."""
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(2)
GAMMA = 0.9


def q_network(s, scope):
  with tf.variable_scope(scope):
    h = tf.layers.dense(s, 10, tf.nn.relu, kernel_initializer=tf.random_normal_initializer(0., 0.3),
                        bias_initializer=tf.constant_initializer(0.1), name='h')
    return tf.layers.dense(h, 3, kernel_initializer=tf.random_normal_initializer(0., 0.3), name='q')


state = tf.placeholder(tf.float32, [None, 4])
after = tf.placeholder(tf.float32, [None, 4])
action = tf.placeholder(tf.int32, [None])
reward = tf.placeholder(tf.float32, [None])
done = tf.placeholder(tf.float32, [None])

q = q_network(state, 'online')
q_after = q_network(after, 'target')
goal = tf.stop_gradient(reward + GAMMA * (1.0 - done) * tf.reduce_max(q_after, axis=1))
chosen = tf.reduce_sum(q * tf.one_hot(action, 3), axis=1)
error = goal - chosen
loss = tf.reduce_mean(tf.where(tf.abs(error) < 1.0, 0.5 * tf.square(error), tf.abs(error) - 0.5))
train = tf.train.RMSPropOptimizer(0.01).minimize(loss, var_list=tf.trainable_variables('online'))
online, target = tf.trainable_variables('online'), tf.trainable_variables('target')
copy = [tf.assign(t, o) for t, o in zip(target, online)]

with tf.Session() as sess:
  sess.run(tf.global_variables_initializer())
  s = rng.randn(4)
  for step in range(16):
    if step % 4 == 0:
      sess.run(copy)
    a = int(np.argmax(sess.run(q, {state: [s]})[0]))
    s2 = rng.randn(4)
    r = s[a] - 0.5 * s2[0]
    feed = {state: [s], after: [s2], action: [a], reward: [r], done: [float(step % 8 == 7)]}
    _, value = sess.run([train, loss], feed)
    s = s2
  print('loss %.6f' % value)
