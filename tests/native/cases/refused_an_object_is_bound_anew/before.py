import tensorflow as tf


class Model(object):
    def __init__(self):
        self.x = tf.placeholder(tf.float32, [None, 3])
        self.w = tf.Variable(tf.zeros([3, 1]))
        self.y = tf.matmul(self.x, self.w)


model = Model()
double = model.y * 2.0
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(double, {model.x: [[1.0, 2.0, 3.0]]}))
model = None
