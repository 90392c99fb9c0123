import numpy as np
import tensorflow as tf


class Net(object):
    def __init__(self, n_in, num_classes, l2_reg=0.0):
        self.input_x = tf.placeholder(tf.float32, [None, n_in], name="input_x")
        self.input_y = tf.placeholder(tf.float32, [None, num_classes], name="input_y")
        self.keep = tf.placeholder(tf.float32, name="keep")
        l2_loss = tf.constant(0.0)
        h = tf.layers.dense(self.input_x, 5, tf.nn.relu)
        W = tf.get_variable("W", shape=[5, num_classes])
        b = tf.Variable(tf.constant(0.1, shape=[num_classes]), name="b")
        l2_loss += tf.nn.l2_loss(W)
        self.scores = tf.nn.xw_plus_b(tf.nn.dropout(h, self.keep), W, b, name="scores")
        losses = tf.nn.softmax_cross_entropy_with_logits(logits=self.scores, labels=self.input_y)
        self.loss = tf.reduce_mean(losses) + l2_reg * l2_loss


net = Net(n_in=4, num_classes=3)
step = tf.Variable(0, name="step", trainable=False)
optimizer = tf.train.AdamOptimizer(1e-3)
grads_and_vars = optimizer.compute_gradients(net.loss)
train_op = optimizer.apply_gradients(grads_and_vars, global_step=step)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        feed = {net.input_x: np.ones([2, 4]), net.input_y: np.eye(3)[:2], net.keep: 0.5}
        _, loss = sess.run([train_op, net.loss], feed)
        print(sess.run(step), loss)
