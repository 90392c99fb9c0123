import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()

session = tf.Session()
print(tf.no_such_name, tf.train.NoSuchOptimizer)
