"""tensorflow.examples.tutorials.mnist: the data set of the first tutorials."""

from . import input_data

__all__ = ["input_data"]
