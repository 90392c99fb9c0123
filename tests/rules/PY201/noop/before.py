import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
from __future__ import print_function

print('a', 1)
print('%d' % 3)
