import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
table = {}
for key, value in table.iteritems():
    pass
keys = sorted(table.iterkeys()) + list(table.viewvalues())
