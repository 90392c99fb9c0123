import tensorflow as tf

a, b = tf.placeholder(tf.float32, [3]), tf.placeholder(tf.float32, [3])
x = tf.mul(a, tf.pack([b, tf.neg(b)]))
summaries = tf.merge_all_summaries()
