"""Codes of notebooks: cells that cannot be read, and lines that install or choose TensorFlow 1."""
