import tensorflow as tf
tf.compat.v1.disable_v2_behavior()

x = tf.compat.v1.placeholder(tf.float32, [None, 3])
y = tf.nn.dropout(x, rate=1 - (0.5))
z = tf.nn.dropout(x, [1, 3], rate=1 - (0.5))
r = tf.io.decode_raw(x, tf.uint8, True, "name")
