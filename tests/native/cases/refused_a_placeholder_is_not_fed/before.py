import tensorflow as tf

x = tf.placeholder(tf.float32, [None])
y = 2.0 * x
with tf.Session() as sess:
    print(sess.run(y))
