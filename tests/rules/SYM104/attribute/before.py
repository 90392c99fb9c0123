import tensorflow as tf

x = tf.python.ops.array_ops.identity(tf.placeholder(tf.float32))
