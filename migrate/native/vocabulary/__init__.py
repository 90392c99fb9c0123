"""What TensorFlow 1 names become, family by family."""
