"""Modes in which a model function is called."""

from __future__ import annotations


class ModeKeys:
    """Standard names for model modes: training, evaluation and prediction."""

    TRAIN = "train"
    EVAL = "eval"
    INFER = "infer"

    @classmethod
    def validate(cls, key: str) -> None:
        """ValueError for anything but a mode."""
        if key not in (cls.TRAIN, cls.EVAL, cls.INFER):
            raise ValueError(f"Invalid mode {key}.")
