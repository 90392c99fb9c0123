"""The feature columns of tf.contrib.layers, one kind a file; tf.feature_column has their successors."""
