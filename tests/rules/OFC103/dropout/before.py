import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 3])
y = tf.nn.dropout(x, 0.5, None)
z = tf.nn.dropout(x, 0.5, [1, 3])
r = tf.decode_raw(x, tf.uint8, True, "name")
