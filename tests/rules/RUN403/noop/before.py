import tensorflow.compat.v1 as tf

tf.enable_eager_execution()
print(tf.random_normal([3, 4]).shape[0])
