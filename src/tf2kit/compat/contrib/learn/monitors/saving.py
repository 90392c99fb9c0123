"""A monitor that saves checkpoints.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/monitors.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import os
import time
from typing import Any

import tensorflow.compat.v1 as tf

from .base import BaseMonitor


class CheckpointSaver(BaseMonitor):
    """Saves a checkpoint after the first step, every N seconds or steps, and at the end; ValueError unless one of them is given."""

    def __init__(
        self,
        checkpoint_dir: str,
        save_secs: float | None = None,
        save_steps: int | None = None,
        saver: Any = None,
        checkpoint_basename: str = "model.ckpt",
        scaffold: Any = None,
    ) -> None:
        super().__init__()
        if save_steps is None and save_secs is None:
            raise ValueError("Either save_steps or save_secs should be provided")
        if save_steps is not None and save_secs is not None:
            raise ValueError("Can not provide both save_steps and save_secs.")
        self._saver = saver
        self._summary_writer = tf.summary.FileWriterCache.get(checkpoint_dir)
        self._save_path = os.path.join(checkpoint_dir, checkpoint_basename)
        self._scaffold = scaffold
        self._save_secs = save_secs
        self._save_steps = save_steps
        self._last_begin_step: int | None = None
        self._last_saved: tuple[int | None, float] | None = None

    def begin(self, max_steps: int | None = None) -> None:
        """Nothing is saved yet."""
        super().begin(max_steps)
        self._last_begin_step = None
        self._last_saved = None

    def step_begin(self, step: int) -> list[Any]:
        """Remember the step."""
        super().step_begin(step)
        self._last_begin_step = step
        return []

    def post_step(self, step: int, session: Any) -> None:
        """Save if it is time."""
        super().post_step(step, session)
        if self._last_saved is None:
            self._save(step, session)
            return
        last_step, last_time = self._last_saved
        if self._save_steps is not None and step >= (last_step or 0) + self._save_steps:
            self._save(step, session)
        if self._save_secs is not None and time.time() >= last_time + self._save_secs:
            self._save(step, session)

    def end(self, session: Any = None) -> None:
        """Save the last step."""
        super().end(session)
        self._save(self._last_begin_step, session)

    def _save(self, step: int | None, session: Any) -> None:
        if self._last_saved is not None and step == self._last_saved[0]:
            return
        tf.logging.info("Saving checkpoints for %d into %s.", step, self._save_path)
        self._last_saved = step, time.time()
        (self._saver or self._scaffold.saver).save(session, self._save_path, global_step=step)
        status = tf.SessionLog(status=tf.SessionLog.CHECKPOINT, checkpoint_path=self._save_path)
        self._summary_writer.add_session_log(status, step)
