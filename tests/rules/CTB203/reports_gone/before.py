import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
from tensorflow.contrib import tensor_forest

x = tf.placeholder(tf.float32)
params = tf.contrib.bayesflow.monte_carlo
