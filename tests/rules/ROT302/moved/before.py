import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import scipy
import scipy.misc
import scipy.signal
from scipy.misc import logsumexp, comb
from scipy.ndimage.filters import gaussian_filter
from scipy.sparse.linalg.eigen.arpack import eigsh
import scipy.ndimage.interpolation as interpolation

ways = scipy.misc.comb(3, 2)
window = scipy.signal.hann(5)
x = scipy.array([1.0])
root = scipy.sqrt(x)
big = interpolation.zoom(x, 2)
