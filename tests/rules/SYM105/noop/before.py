import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()

x = tf.reduce_sum(tf.placeholder(tf.float32), reduction_indices=[0], keep_dims=True)
