import tensorflow as tf

from layers import dense


class Model(object):
    def __init__(self, n_inputs, n_hidden, n_classes, learning_rate=0.1):
        self.x = tf.placeholder(tf.float32, [None, n_inputs], name="x")
        self.y = tf.placeholder(tf.int64, [None], name="y")
        self.keep_prob = tf.placeholder(tf.float32, name="keep_prob")
        h = dense(self.x, n_inputs, n_hidden, "hidden", tf.nn.relu)
        h = tf.nn.dropout(h, self.keep_prob)
        self.logits = dense(h, n_hidden, n_classes, "out")
        self.loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=self.y, logits=self.logits))
        self.accuracy = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(self.logits, 1), self.y), tf.float32))
        self.train_op = tf.train.AdamOptimizer(learning_rate).minimize(self.loss)

    def train_step(self, sess, x, y, keep_prob=0.8):
        loss, _ = sess.run([self.loss, self.train_op], feed_dict={self.x: x, self.y: y, self.keep_prob: keep_prob})
        return loss

    def evaluate(self, sess, x, y):
        return sess.run(self.accuracy, feed_dict={self.x: x, self.y: y, self.keep_prob: 1.0})
