import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import sys

step = 3
print('step', step)
print('done', file=sys.stderr)
print('a', end=' ')
print()
try:
    if step != 3:
        raise ValueError('no')
except ValueError as error:
    print(repr(error))
exec('y = 1')
mode = 0o777
big = 10
text = r'\d'


def norm(pair):
    (a, b) = pair
    return a
