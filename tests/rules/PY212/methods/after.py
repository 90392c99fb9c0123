import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
table = {}
for key, value in table.items():
    pass
keys = sorted(table.keys()) + list(table.values())
