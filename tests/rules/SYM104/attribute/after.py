import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
from tensorflow.python.ops import array_ops

x = array_ops.identity(tf.placeholder(tf.float32))
