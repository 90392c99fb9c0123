import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import numpy as np
import numpy
from numpy import float, product, Inf

x = np.zeros(3, dtype=np.float)
y = x.astype(numpy.int)
limit = min(np.Inf, -np.NINF)
small = np.asscalar(x[0]) + np.asfarray([1])[0]
inside = np.in1d([1], [1, 2])
area = np.trapz([1, 2])
root = np.math.sqrt(2.0)
last = np.msort([2, 1])
error = np.AxisError
