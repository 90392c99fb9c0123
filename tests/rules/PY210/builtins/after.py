import tensorflow.compat.v1 as tf
import functools

tf.disable_v2_behavior()
session = tf.Session()
for step in range(10):
    pass
name = str(input('name'))
total = functools.reduce(lambda a, b: a + b, [1, 2])
ok = isinstance(name, str)
size = int(3)
rows = open('rows.txt').readlines()
