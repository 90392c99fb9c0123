import tensorflow as tf


class Line(object):

    def __init__(self, slope):
        self.x = tf.placeholder(tf.float32, [None])
        self.y = tf.placeholder(tf.float32, [None])
        self.slope = tf.Variable(slope)
        self.out = self.slope * self.x
        self.loss = tf.reduce_mean(tf.square(self.out - self.y))
        self.train_op = tf.train.GradientDescentOptimizer(0.1).minimize(self.loss)

    def step(self, sess, x, y):
        loss, _ = sess.run([self.loss, self.train_op], {self.x: x, self.y: y})
        return loss

    def fit(self, session, x, y, steps=3):
        for i in range(steps):
            print(i, self.step(session, x, y))

    def predict(self, x, session=None):
        return session.run(self.out, {self.x: x})


line = Line(2.0)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    line.fit(sess, [1.0, 2.0], [2.0, 3.0])
    print(line.predict([1.0, 2.0], session=sess))
