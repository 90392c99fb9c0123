import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
from tf2kit.compat import contrib as tf_contrib
from tf2kit.compat.contrib import distributions, tensor_forest
from tf2kit.compat.contrib.factorization import KMeans, WALSModel

x = tf.placeholder(tf.float32)
params = tf_contrib.bayesflow.monte_carlo
ds = tf_contrib.distributions
z = ds.Normal(0.0, 1.0), distributions.MultivariateNormalDiag([0.0], [1.0])
