"""Checkpoints of TensorFlow 1, which name their variables, for lifted programs, which reach theirs from objects."""
