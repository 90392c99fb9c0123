import tensorflow as tf

x = tf.sparse_placeholder(tf.float32)
words = tf.string_split(tf.constant(['a cat', 'dogs']))
twice = tf.SparseTensor(x.indices, 2.0 * x.values, x.dense_shape)

with tf.Session() as sess:
    print(sess.run(x, {x: ([[0, 1]], [1.0], [2, 2])}))
    print(sess.run(words).values.tolist())
    doubled = twice.eval({x: ([[0, 1]], [1.0], [2, 2])})
    print(doubled.values, doubled.dense_shape)
