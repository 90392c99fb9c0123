import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import sklearn.cross_validation
import sklearn.cross_validation as cv
from sklearn import cross_validation, datasets
from sklearn.cross_validation import train_test_split
from sklearn.externals import joblib
from sklearn.manifold.t_sne import TSNE

a, b = sklearn.cross_validation.train_test_split([1, 2])
c, d = cv.train_test_split([1, 2])
e, f = cross_validation.train_test_split([1, 2])
joblib.dump(TSNE(), 'a.pkl')
