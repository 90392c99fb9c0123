import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 64])
width = x.get_shape()[1].value
w = tf.get_variable('w', [width, 2])
y = tf.matmul(tf.reshape(x, [-1, x.shape[1]]), w)
print('width', x.get_shape().as_list()[1], 'of', y.shape[-1])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(y, {x: [[0.0] * 64]}))
