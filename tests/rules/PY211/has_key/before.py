import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
table = {}
if table.has_key('a') and not table.has_key(('b', 1)):
    pass
found = table.has_key('a' or 'b') == True
