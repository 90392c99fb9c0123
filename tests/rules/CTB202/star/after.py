import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
from tf2kit.compat.contrib.layers import *

x = flatten(tf.placeholder(tf.float32))
