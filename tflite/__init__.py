"""TensorFlow Lite files, quantised where that is asked for, and run in LiteRT to prove them."""
