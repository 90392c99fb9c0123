"""Writes down the numbers of the program it runs. Python 3.7 to 3.13, TensorFlow 1.15 and 2.21, only the standard library and NumPy.

It is loaded by path, so nothing here may import tf2kit.
"""
