import tensorflow as tf

x = tf.sparse_placeholder(tf.float32)
total = tf.sparse_reduce_sum(x)
with tf.Session() as sess:
    print(sess.run([x, total], {x: ([[0, 1]], [1.0], [2, 2])}))
