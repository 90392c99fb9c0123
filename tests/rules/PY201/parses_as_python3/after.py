import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import sys

print('done', file=sys.stderr)
print(('loss'), 3)
