"""TensorFlow 1 programs, what they printed on TensorFlow 1.15, and a demonstration that they still do."""
