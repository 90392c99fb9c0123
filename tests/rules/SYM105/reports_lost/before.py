import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()

session = tf.Session()
spec = tf.OptionalSpec(value_structure=None)
