import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 64])
w = tf.get_variable('w', [64, 2])
y = tf.matmul(x, w)
print('rows', x.get_shape()[0])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(y, {x: [[0.0] * 64]}))
