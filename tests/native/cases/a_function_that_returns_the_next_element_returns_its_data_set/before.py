import numpy as np
import tensorflow as tf


def batches(x, y):
    """Batches for ever."""
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).repeat().batch(20)
    return dataset.make_one_shot_iterator().get_next()


def test_batches(x, y):
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(20)
    iterator = dataset.make_one_shot_iterator()
    rows, truth = iterator.get_next()
    return rows, truth


data = np.random.RandomState(0).randn(100, 3).astype(np.float32)
target = data.sum(1)
xs, ys = batches(data, target)
w = tf.Variable(tf.zeros([3]))
loss = tf.reduce_mean(tf.square(tf.reduce_sum(xs * w, 1) - ys))
train_op = tf.train.AdamOptimizer(0.1).minimize(loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(20):
        _, value = sess.run([train_op, loss])
        print('%.6f' % value)
