import numpy as np
import tensorflow as tf

rows = tf.placeholder(tf.float32, [None, 2])
size = tf.placeholder(tf.int64, [])
dataset = tf.data.Dataset.from_tensor_slices(rows).batch(size)
iterator = dataset.make_initializable_iterator()
batch = iterator.get_next()
total = tf.reduce_sum(batch)

with tf.Session() as sess:
    for n in (1, 2):
        sess.run(iterator.initializer, feed_dict={rows: np.ones((4, 2)), size: n})
        print(sess.run(total), sess.run(batch))
