import tensorflow as tf
from tensorflow.contrib import distributions, tensor_forest
from tensorflow.contrib.factorization import KMeans, WALSModel

x = tf.placeholder(tf.float32)
params = tf.contrib.bayesflow.monte_carlo
ds = tf.contrib.distributions
z = ds.Normal(0.0, 1.0), distributions.MultivariateNormalDiag([0.0], [1.0])
