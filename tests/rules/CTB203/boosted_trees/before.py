import tensorflow as tf
from tensorflow.estimator import BoostedTreesRegressor

columns = [tf.feature_column.numeric_column("x")]
trees = tf.estimator.BoostedTreesClassifier(columns, 1), BoostedTreesRegressor(columns, 1)
session = tf.Session()
