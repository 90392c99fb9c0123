import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
for i in range(3):
        a = i
	b = i
	text = '''
	kept
	'''
