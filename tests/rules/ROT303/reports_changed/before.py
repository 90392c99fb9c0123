import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
from sklearn.datasets import load_boston

houses = load_boston()
