"""tf2kit: migrate TensorFlow 1 code, prove that it computes the same, and learn TensorFlow 2."""
