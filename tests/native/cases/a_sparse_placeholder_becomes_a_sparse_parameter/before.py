import numpy as np
import tensorflow as tf

X = tf.sparse_placeholder(tf.float32, shape=[None, 3])
Y = tf.sparse_placeholder(tf.int32)
scale = tf.placeholder(tf.float32, [])
W = tf.Variable(tf.ones([3, 2]))
out = scale * tf.sparse_tensor_dense_matmul(X, W)
dense = tf.sparse_tensor_to_dense(Y, default_value=-1)


def rows():
    return tf.SparseTensorValue([[0, 1], [1, 2]], [1, 2], [2, 3])


with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    feed = {X: rows(), scale: 2.0}
    print(sess.run(out, feed))
    print(sess.run(dense, {Y: (np.array([[0, 1], [1, 2]], np.int32), np.array([4, 5]), [2, 3])}))
    s = rows()
    print(sess.run(dense, {Y: s}), s.values)
