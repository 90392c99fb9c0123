import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
from tensorflow.python.framework import ops

session = tf.Session(graph=ops.get_default_graph())
