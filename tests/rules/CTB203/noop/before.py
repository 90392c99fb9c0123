import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()

tensor_forest = tf.placeholder(tf.float32)
