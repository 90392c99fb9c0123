"""tensorflow.examples.tutorials.mnist: the data set of the first tutorials, and the network of one of them."""

from . import input_data, mnist

__all__ = ["input_data", "mnist"]
