import numpy as np
import tensorflow as tf


class Agent(object):
    def __init__(self, lr=0.1):
        self.x = tf.placeholder(tf.float32, [None, 2])
        self.y = tf.layers.dense(self.x, 1)
        self.loss = tf.reduce_mean(tf.square(self.y))
        tvars = tf.trainable_variables()
        self.holders = [tf.placeholder(tf.float32, name='g%d' % i) for i, _ in enumerate(tvars)]
        self.gradients = tf.gradients(self.loss, tvars)
        self.update = tf.train.GradientDescentOptimizer(lr).apply_gradients(zip(self.holders, tvars))


agent = Agent()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    total = [np.zeros_like(v) for v in sess.run(tf.trainable_variables())]
    for step in range(4):
        grads, loss = sess.run([agent.gradients, agent.loss], {agent.x: np.eye(2)})
        total = [t + g for t, g in zip(total, grads)]
        print(loss)
    sess.run(agent.update, feed_dict=dict(zip(agent.holders, total)))
    print(sess.run(tf.trainable_variables())[0])
