import tensorflow as tf

tf.enable_eager_execution()
x = tf.ones([2, 3])
print(x == tf.ones([2, 3]))
