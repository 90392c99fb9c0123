import tensorflow as tf


class Model(object):
    def __init__(self):
        self.x = tf.placeholder(tf.float32, [])
        self.w = tf.Variable(1.0)
        step = tf.train.get_or_create_global_step()
        self.train = tf.train.GradientDescentOptimizer(0.1).minimize(tf.square(self.w * self.x), global_step=step)


model = Model()
step = tf.train.get_or_create_global_step()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    sess.run(model.train, {model.x: 1.0})
    print(sess.run(step))
