import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
from tf2kit.compat import estimator as tf_estimator
from tf2kit.compat.estimator import BoostedTreesRegressor

columns = [tf.feature_column.numeric_column("x")]
trees = tf_estimator.BoostedTreesClassifier(columns, 1), BoostedTreesRegressor(columns, 1)
session = tf.Session()
