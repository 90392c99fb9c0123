import tensorflow as tf


def save():
    x = tf.placeholder(tf.float32, [None, 2])
    first = tf.layers.dense(x, 1)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        print(sess.run(first, {x: [[1.0, 2.0]]}))
        tf.train.Saver().save(sess, './params')


def load():
    x = tf.placeholder(tf.float32, [None, 2])
    other = tf.layers.dense(x, 1)
    with tf.Session() as sess:
        saver = tf.train.Saver()
        saver.restore(sess, './params')
        print(sess.run(other, {x: [[1.0, 2.0]]}))


save()
tf.reset_default_graph()
load()
