"""Summaries in an SQLite file.

Adapted from TensorFlow 1.15, python/ops/summary_ops_v2.py, Copyright 2017 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import functools
import getpass
import re
import time
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.ops import summary_ops_v2

__all__ = ["create_db_writer"]
_PATTERNS = {
    "experiment_name": re.compile(r"^[^\x00-\x1F<>]{0,256}$"),
    "run_name": re.compile(r"^[^\x00-\x1F<>]{0,512}$"),
    "user_name": re.compile(r"^[a-z]([-a-z0-9]{0,29}[a-z0-9])?$", re.I),
}


def create_db_writer(
    db_uri: str,
    experiment_name: str | None = None,
    run_name: str | None = None,
    user_name: str | None = None,
    name: str | None = None,
) -> Any:
    """A writer of summaries into an SQLite file, for example ``file:summaries.sqlite``.

    Without names, the experiment is the date, the run is the time and the user is the one of the operating system.
    ValueError for names with characters that are not allowed.
    """
    with tf.device("cpu:0"):
        now = time.localtime()
        names = {
            "experiment_name": time.strftime("%Y-%m-%d", now) if experiment_name is None else experiment_name,
            "run_name": time.strftime("%H:%M:%S", now) if run_name is None else run_name,
            "user_name": getpass.getuser() if user_name is None else user_name,
        }
        tensors = {key: _checked(key, value) for key, value in names.items()}
        resource = tf.raw_ops.SummaryWriter(shared_name=name or "", container="")
        init = functools.partial(_init, db_uri, tensors)
        return summary_ops_v2._LegacyResourceSummaryWriter(resource=resource, init_op_fn=init)


def _init(db_uri: str, names: dict[str, Any], writer: Any) -> Any:
    return tf.raw_ops.CreateSummaryDbWriter(writer=writer, db_uri=db_uri, **names)


def _checked(name: str, value: Any) -> Any:
    pattern = _PATTERNS[name]
    if isinstance(value, str) and pattern.search(value) is None:
        raise ValueError(f"{name} ({value}) must match {pattern.pattern}")
    return tf.convert_to_tensor(value, tf.string)
