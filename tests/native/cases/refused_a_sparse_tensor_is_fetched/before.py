import tensorflow as tf

x = tf.sparse_placeholder(tf.float32)
with tf.Session() as sess:
    print(sess.run(x, {x: ([[0, 1]], [1.0], [2, 2])}))
