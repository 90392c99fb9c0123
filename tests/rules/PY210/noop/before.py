import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
from six.moves import xrange

try:
    unicode
except NameError:
    unicode = str

for step in xrange(10):
    name = unicode(step)
