import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import numpy as np

x = np.array([1])
some = range(3)[1]
total = sum(map(float, ['1']))
for a, b in zip([1], [2]):
    pass
