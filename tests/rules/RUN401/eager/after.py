import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()

tf.enable_eager_execution()
x = tf.random_normal([3, 4])
n = x.shape[0].value * x.get_shape()[1].value
