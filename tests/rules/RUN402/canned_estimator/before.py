import tensorflow as tf

columns = [tf.feature_column.numeric_column("x")]
model = tf.estimator.DNNClassifier([10], columns)
spec = tf.estimator.TrainSpec(lambda: None, max_steps=tf.flags.FLAGS.steps)
