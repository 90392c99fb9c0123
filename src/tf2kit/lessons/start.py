"""`start`: the first line of every lesson."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

from .course import lessons


def start(key: str) -> None:
    """Import TensorFlow without its messages about absent graphics cards, fix the seeds, say what runs here.

    Args:
      key: the lesson, for example "04".
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    with _quiet():
        import keras
        import tensorflow as tf

        devices = [device.device_type for device in tf.config.list_physical_devices()]
    keras.utils.set_random_seed(int(key))
    lesson = lessons()[key]
    python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    print(f"Lesson {lesson.number}: {lesson.title} ({len(lesson.exercises)} exercises, about {lesson.minutes} minutes)")
    print(f"{python}, TensorFlow {tf.__version__}, Keras {keras.__version__}, {' and '.join(sorted(set(devices)))}")


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Send file descriptor 2 nowhere: TensorFlow's first messages come from C++, before any setting counts."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
