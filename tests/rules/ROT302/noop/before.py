import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import scipy.signal
from scipy.special import comb

y = scipy.signal.lfilter([1], [1, 0.5], [comb(3, 2)])
