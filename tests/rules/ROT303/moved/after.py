import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import sklearn.model_selection
import sklearn.model_selection as cv
from sklearn import datasets
from sklearn import model_selection as cross_validation
from sklearn.model_selection import train_test_split
import joblib
from sklearn.manifold import TSNE

a, b = sklearn.model_selection.train_test_split([1, 2])
c, d = cv.train_test_split([1, 2])
e, f = cross_validation.train_test_split([1, 2])
joblib.dump(TSNE(), 'a.pkl')
