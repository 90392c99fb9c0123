import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 3])
c = 2.0
c = c * x
w = tf.get_variable('w', [3, 2])
w = w * 3.0
y = tf.matmul(c, w)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(y, {x: [[1.0, 2.0, 3.0]]}))
