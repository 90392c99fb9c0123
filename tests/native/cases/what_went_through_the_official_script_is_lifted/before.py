import tensorflow as tf

x = tf.compat.v1.placeholder(tf.float32, [None])
double = 2.0 * x
with tf.compat.v1.Session() as sess:
    print(sess.run(double, {x: [1.0]}))
