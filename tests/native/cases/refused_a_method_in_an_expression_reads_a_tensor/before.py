import tensorflow as tf


class Model(object):
    def __init__(self):
        self.x = tf.placeholder(tf.float32, [None, 3])
        self.w = tf.Variable(tf.zeros([3, 1]))
        self.y = 2.0 * self.product()

    def product(self):
        return tf.matmul(self.x, self.w)


model = Model()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(model.y, {model.x: [[1.0, 2.0, 3.0]]}))
