import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
for step in xrange(10):
    pass
name = unicode(raw_input('name'))
total = reduce(lambda a, b: a + b, [1, 2])
ok = isinstance(name, basestring)
size = long(3)
rows = file('rows.txt').readlines()
