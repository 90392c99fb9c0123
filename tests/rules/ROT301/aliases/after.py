import tensorflow.compat.v1 as tf
import math

tf.disable_v2_behavior()
session = tf.Session()
import numpy as np
import numpy
from numpy import prod as product, inf as Inf

x = np.zeros(3, dtype=float)
y = x.astype(int)
limit = min(np.inf, -(-np.inf))
small = np.asarray(x[0]).item() + np.asarray([1], dtype=float)[0]
inside = np.isin([1], [1, 2]).ravel()
area = np.trapezoid([1, 2])
root = math.sqrt(2.0)
last = np.sort([2, 1], axis=0)
error = np.exceptions.AxisError
