import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 3], name="x")
y = tf.reduce_sum(x, axis=1)

with tf.Session() as sess:
    # the sums of two rows
    print(sess.run(y, feed_dict={x: [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]}))
