import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import sys

try:
    import cPickle as pickle
except ImportError:
    import pickle
from six.moves import urllib
if sys.version_info[0] < 3:
    import urllib2
urllib.request.urlretrieve('http://localhost/a', 'a')
value = pickle.load(open('a.pkl', 'rb'))
