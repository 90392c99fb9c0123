import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
from sklearn.manifold import TSNE

try:
    from sklearn.cross_validation import train_test_split
except ImportError:
    from sklearn.model_selection import train_test_split
parts = train_test_split([1, 2])
