"""A hook that saves checkpoints in a thread of its own.

Adapted from TensorFlow 1.15, python/tpu/async_checkpoint.py, Copyright 2018 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

import tensorflow.compat.v1 as tf

__all__ = ["AsyncCheckpointSaverHook"]


class AsyncCheckpointSaverHook(tf.train.CheckpointSaverHook):
    """Saves a checkpoint every N steps or seconds while training goes on; it skips one if the last is still being written.

    Errors: ValueError unless exactly one of ``save_secs`` and ``save_steps`` is given, or if both ``saver`` and ``scaffold`` are;
    RuntimeError without a global step or without a saver.
    """

    def __init__(
        self,
        checkpoint_dir: str,
        save_secs: float | None = None,
        save_steps: int | None = None,
        saver: tf.train.Saver | None = None,
        checkpoint_basename: str = "model.ckpt",
        scaffold: tf.train.Scaffold | None = None,
        listeners: Sequence[tf.train.CheckpointSaverListener] | None = None,
    ) -> None:
        super().__init__(checkpoint_dir, save_secs, save_steps, saver, checkpoint_basename, scaffold, listeners)
        self._save_thread: threading.Thread | None = None
        self._last_checkpoint_step: int | None = None

    def after_run(self, run_context: tf.train.SessionRunContext, run_values: tf.train.SessionRunValues) -> None:  # noqa: ARG002
        """Start a save if it is time."""
        global_step = run_context.session.run(self._global_step_tensor)
        if self._timer.should_trigger_for_step(global_step):
            self._timer.update_last_triggered_step(global_step)
            self._save(run_context.session, global_step)

    def end(self, session: tf.Session) -> None:
        """Wait for a save that is under way, and save the last step if that has not been done."""
        if self._save_thread:
            self._save_thread.join()
        last_step = session.run(self._global_step_tensor)
        if self._last_checkpoint_step != last_step:
            super()._save(session, last_step)
        for listener in self._listeners:
            listener.end(session, last_step)

    def _save(self, session: tf.Session, step: int) -> None:
        if self._save_thread is not None:
            self._save_thread.join(timeout=0.1)
            if self._save_thread.is_alive():
                tf.logging.info("Saver thread still in progress, skipping checkpoint.")
                return
        self._last_checkpoint_step = step
        self._save_thread = threading.Thread(target=super()._save, args=(session, step))
        self._save_thread.start()
