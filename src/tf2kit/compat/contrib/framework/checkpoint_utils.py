"""Checkpoints, with the names of arguments that tf.contrib.framework had for the functions of tf.train."""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["init_from_checkpoint", "list_variables", "load_checkpoint", "load_variable"]


def load_checkpoint(filepattern: str) -> Any:
    """A reader of a checkpoint, or of the latest one in a folder; ValueError if there is none."""
    return tf.train.load_checkpoint(filepattern)


def load_variable(checkpoint_dir: str, name: str) -> Any:
    """The value of one variable of a checkpoint, or of the latest one in a folder."""
    return tf.train.load_variable(checkpoint_dir, name)


def list_variables(checkpoint_dir: str) -> list[tuple[str, list[int]]]:
    """Names, sorted, and shapes of the variables of a checkpoint, or of the latest one in a folder."""
    found: list[tuple[str, list[int]]] = tf.train.list_variables(checkpoint_dir)
    return found


def init_from_checkpoint(checkpoint_dir: str, assignment_map: dict[str, Any]) -> None:
    """Let the initializers of variables read a checkpoint; see tf.train.init_from_checkpoint. ValueError for names that are not there."""
    tf.train.init_from_checkpoint(checkpoint_dir, assignment_map)
