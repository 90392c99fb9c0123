import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import sys

step = 3
print 'step', step
print >>sys.stderr, 'done'
print 'a',
print
try:
    if step <> 3:
        raise ValueError, 'no'
except ValueError, error:
    print `error`
exec 'y = 1'
mode = 0777
big = 10L
text = ur'\d'


def norm((a, b)):
    return a
