import tensorflow as tf

from show import show


class Line(object):

    def __init__(self, slope):
        self.x = tf.placeholder(tf.float32, [None])
        self.slope = tf.Variable(slope)
        self.out = self.slope * self.x


line = Line(2.0)
show(line)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(line.out, {line.x: [1.0]}))
