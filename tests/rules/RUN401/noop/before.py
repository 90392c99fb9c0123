import tensorflow.compat.v1 as tf

tf.enable_eager_execution()
x = tf.train.get_global_step()
