import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import numpy as np

x = np.fromstring('1 2', dtype=int, sep=' ')
