import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import six

table = {}
for key, value in six.iteritems(table):
    pass
