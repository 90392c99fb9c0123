"""tensorflow.examples of TensorFlow 1.x."""
