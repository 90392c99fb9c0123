import tensorflow as tf
slim = tf.contrib.slim
x = tf.placeholder(tf.float32, [None, 64])

def network(inputs):
    return slim.fully_connected(inputs, 3, scope='first')

with tf.variable_scope('net'), slim.arg_scope([slim.fully_connected], activation_fn=tf.nn.tanh):
    a = network(x)
with tf.variable_scope('net', reuse=True), slim.arg_scope([slim.fully_connected], activation_fn=tf.nn.relu):
    b = network(x)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run([a, b], {x: [[1.0] * 64]}))
