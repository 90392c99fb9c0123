import tensorflow as tf


class Line(object):

    def __init__(self, slope):
        self.x = tf.placeholder(tf.float32, [None])
        self.slope = tf.Variable(slope)
        self.out = self.slope * self.x


def show(sess, line, values, end='\n'):
    for value in values:
        one(line, value, sess=sess)
    print(end)


def one(line, value, sess=None):
    print(sess.run(line.out, {line.x: [value]}))


line = Line(2.0)
sess = tf.Session()
sess.run(tf.global_variables_initializer())
show(sess, line, [1.0, 2.0])
show(sess, line, [3.0], end='.')
