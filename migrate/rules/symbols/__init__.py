"""Rules about TensorFlow names outside tf.contrib."""
