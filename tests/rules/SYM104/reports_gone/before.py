import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
from tensorflow.python.distribute.distribution_strategy_context import get_strategy

session = tf.Session()
