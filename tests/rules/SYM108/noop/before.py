import tensorflow as tf

print(tf.reduce_sum(tf.ones([3])))
