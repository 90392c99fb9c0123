"""Folders of exports, named by the time at which they were written.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/utils/saved_model_export_utils.py and gc.py, Copyright 2016 The
TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import os
import re
import time
from typing import NamedTuple

import tensorflow.compat.v1 as tf
from tensorflow.compat import as_bytes, as_text

MAX_DIRECTORY_CREATION_ATTEMPTS = 10


class Path(NamedTuple):
    """An export and its number."""

    path: str
    export_version: int | None


def get_timestamped_export_dir(export_dir_base: str | bytes) -> bytes:
    """A path below ``export_dir_base`` that is not there yet; RuntimeError if there is none after ten seconds."""
    for attempt in range(MAX_DIRECTORY_CREATION_ATTEMPTS):
        export_dir: bytes = os.path.join(as_bytes(export_dir_base), as_bytes(str(int(time.time()))))
        if not tf.gfile.Exists(export_dir):
            return export_dir
        time.sleep(1)
        tf.logging.warn("Export directory %s already exists; retrying (attempt %d)", export_dir, attempt + 1)
    raise RuntimeError(
        f"Failed to obtain a unique export directory name after {MAX_DIRECTORY_CREATION_ATTEMPTS} attempts."
    )


def get_temp_export_dir(timestamped_export_dir: bytes) -> bytes:
    """Where to write an export before it is renamed: servers pass over the name."""
    folder, name = os.path.split(timestamped_export_dir)
    return os.path.join(folder, b"temp-" + name)


def get_most_recent_export(export_dir_base: str | bytes) -> Path | None:
    """The export with the largest number."""
    return next(iter(_exports(export_dir_base)), None)


def garbage_collect_exports(export_dir_base: str | bytes, exports_to_keep: int | None) -> None:
    """Delete all exports but the newest ones; None keeps all."""
    if exports_to_keep is None:
        return
    for path, _ in _exports(export_dir_base)[exports_to_keep:]:
        try:
            tf.gfile.DeleteRecursively(path)
        except tf.errors.NotFoundError as error:
            tf.logging.warn("Can not delete %s recursively: %s", path, error)


def _exports(export_dir_base: str | bytes) -> list[Path]:
    """Newest first."""
    base = as_text(export_dir_base)
    names = [as_text(name).rstrip("/") for name in tf.gfile.ListDirectory(base)]
    numbers = sorted((int(name) for name in names if re.fullmatch(r"\d{10}", name)), reverse=True)
    return [Path(os.path.join(base, str(number)), number) for number in numbers]
