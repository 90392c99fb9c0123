import tensorflow as tf


def model(x):
    with tf.variable_scope('shift'):
        bias = tf.get_variable('bias', [], initializer=tf.ones_initializer())
    return x + bias


x = tf.placeholder(tf.float32, [])
y = model(x)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(y, {x: 1.0}))
    print(sess.run('shift/bias:0'))
