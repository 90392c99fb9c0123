import tensorflow as tf

h = tf.layers.dense(tf.placeholder(tf.float32, [None, 3]), 10)
tf.summary.scalar("loss", tf.reduce_mean(h))
