import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None])
with tf.variable_scope('streaming'):
    mean, update = tf.metrics.mean(x)
rest, update_rest = tf.metrics.mean(x)
reset = tf.variables_initializer(tf.get_collection(tf.GraphKeys.LOCAL_VARIABLES, scope='streaming'))

with tf.Session() as sess:
    sess.run(tf.local_variables_initializer())
    for i in range(3):
        sess.run(reset)
        sess.run(update, {x: np.ones(3)})
        sess.run(update_rest, {x: np.ones(3)})
    print('%.3f %.3f' % tuple(sess.run([mean, rest])))
