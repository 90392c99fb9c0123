"""Names and habits of other libraries, and of Python, that stop programs of TensorFlow 1's time."""
