import tensorflow as tf


class Model(object):
    def __init__(self, activation=tf.nn.relu):
        self.activation = activation
        self.x = tf.placeholder(tf.float32, [])
        self.y = self.activation(self.x)


def twice(x):
    return 2 * x


model = Model(twice)
with tf.Session() as sess:
    print(sess.run(model.y, {model.x: 1.0}))
