import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 2, 3])
flat = tf.contrib.layers.flatten(x)
w = tf.get_variable("w", [6, 1], initializer=tf.contrib.layers.xavier_initializer())
step = tf.contrib.framework.get_or_create_global_step()
