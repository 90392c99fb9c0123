import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
if tf:
	a = 1
	b = 2
