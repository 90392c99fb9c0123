import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
from tf2kit.compat.contrib import distributions, tensor_forest

x = tf.placeholder(tf.float32)
normal = distributions.MultivariateNormalDiag(x, x)
