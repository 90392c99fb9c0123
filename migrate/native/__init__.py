"""Lifts TensorFlow 1 graph programs to the TensorFlow 2 that a person would have written: whole programs, or not at all.

Start reading at `lift.py`.
"""

from .programs import lift_program
from .refusal import Refusal

__all__ = ["Refusal", "lift_program"]
