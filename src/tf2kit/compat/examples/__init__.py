"""What TensorFlow 1 programs need at run time and TensorFlow no longer ships."""
