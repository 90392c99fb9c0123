"""Checkpoints that TensorFlow 1.15 wrote, the models that read them, and what 1.15 predicted with them."""
