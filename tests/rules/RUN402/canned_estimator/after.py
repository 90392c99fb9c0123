import os
os.environ["TF_USE_LEGACY_KERAS"] = "1"
import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
from tf2kit.compat import estimator as tf_estimator

columns = [tf.feature_column.numeric_column("x")]
model = tf_estimator.DNNClassifier([10], columns)
spec = tf_estimator.TrainSpec(lambda: None, max_steps=tf.flags.FLAGS.steps)
