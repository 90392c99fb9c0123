import tensorflow.compat.v1 as tf
import numpy as np

tf.disable_v2_behavior()
session = tf.Session()
import scipy
import scipy.misc
import scipy.signal
from scipy.special import logsumexp, comb
from scipy.ndimage import gaussian_filter
from scipy.sparse.linalg import eigsh
import scipy.ndimage as interpolation

ways = scipy.special.comb(3, 2)
window = scipy.signal.windows.hann(5)
x = np.array([1.0])
root = np.emath.sqrt(x)
big = interpolation.zoom(x, 2)
