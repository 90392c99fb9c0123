"""Rules about what only tf2kit.compat still has: tf.contrib, Estimators and the tutorial loader."""
