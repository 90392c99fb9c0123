import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 3])
y = tf.placeholder(tf.int32, [None])
scaled = 2.0 * tf.losses.sparse_softmax_cross_entropy(y, x)
total = tf.losses.get_total_loss()
with tf.Session() as sess:
    print(sess.run(total, {x: [[1, 2, 3]], y: [0]}))
