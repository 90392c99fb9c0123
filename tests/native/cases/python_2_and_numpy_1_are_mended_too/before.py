import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None])
double = 2.0 * x
with tf.Session() as sess:
    print "twice", sess.run(double, {x: np.ones(2, dtype=np.float)})
