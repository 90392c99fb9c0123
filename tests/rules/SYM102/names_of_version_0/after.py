import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()

a, b = tf.placeholder(tf.float32, [3]), tf.placeholder(tf.float32, [3])
x = tf.multiply(a, tf.stack([b, tf.negative(b)]))
summaries = tf.summary.merge_all()
