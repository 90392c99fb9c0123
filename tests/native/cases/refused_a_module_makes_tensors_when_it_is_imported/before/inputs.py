import tensorflow as tf

x = tf.placeholder(tf.float32, [None])
y = 2.0 * x
