import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import imp

config = imp.load_source('config', 'config.py')
