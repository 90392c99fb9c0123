import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import numpy as np
from numpy import fromstring

x = np.fromstring(b'abc', dtype=np.uint8)
