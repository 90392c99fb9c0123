import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import numpy as np

mask = np.zeros(3, dtype=np.bool)
x = np.float32(1) + np.int_(2)
np.random.seed(1)
