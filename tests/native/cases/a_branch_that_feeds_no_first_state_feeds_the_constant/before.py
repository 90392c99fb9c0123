import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 3])
start = tf.zeros([2])
total = tf.reduce_sum(x) + start

with tf.Session() as sess:
    last = None
    for step in range(4):
        row = np.full([1, 3], step)
        if last is None:
            feed = {x: row}
        else:
            feed = {
                x: row,
                start: last,
            }
        last = sess.run(total, feed)
        print(last)
