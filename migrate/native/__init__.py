"""Lifts TensorFlow 1 graph programs to the TensorFlow 2 that a person would have written: whole programs, or not at all."""
