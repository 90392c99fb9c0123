"""Libraries of operations.

Adapted from TensorFlow 1.15, contrib/util/loader.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["load_op_library"]


def load_op_library(path: str) -> Any:
    """The Python module of a library, whose path counts from the caller's folder; None for one that is not there on Windows."""
    if os.name == "nt":
        if not os.path.exists(path):
            path = path.removesuffix(".so") + ".dll"
        if not os.path.exists(path):
            return None
    folder = os.path.dirname(os.path.abspath(sys._getframe(1).f_code.co_filename))
    library = tf.load_op_library(os.path.join(folder, path))
    if not library:
        raise AssertionError(f"Could not load {path}")
    return library
