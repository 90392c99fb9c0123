import tensorflow as tf
from feeds import make_feed

x = tf.placeholder(tf.float32, [None])
y = 2.0 * x
with tf.Session() as sess:
    print(sess.run(y, feed_dict=make_feed(x)))
