"""What tf.keras of TensorFlow 1.15 had and Keras no longer has."""
