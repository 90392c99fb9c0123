import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
table = {}
if 'a' in table and ('b', 1) not in table:
    pass
found = (('a' or 'b') in table) == True
