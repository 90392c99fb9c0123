import tensorflow as tf


class Model(object):
    def __init__(self):
        self.x = tf.placeholder(tf.float32, [None, 3])
        self.y = tf.layers.dense(self.x, 1, kernel_regularizer=tf.keras.regularizers.l2(0.1))
        self.loss = tf.reduce_mean(tf.square(self.y))


model = Model()
total = model.loss + tf.losses.get_regularization_loss()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(total, {model.x: [[1.0, 2.0, 3.0]]}))
