import tensorflow as tf

y = tf.nn.dropout(tf.ones([3]), 0.5)
