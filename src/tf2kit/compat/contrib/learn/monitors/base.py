"""Monitors: what is called before and after steps of a training.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/monitors.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any


class BaseMonitor:
    """Called at the beginning and the end of a training, of epochs and of steps; ValueError when called out of order."""

    def __init__(self) -> None:
        self._begun = False
        self._current_epoch: int | None = None
        self._current_step: int | None = None
        self._max_steps: int | None = None
        self._estimator: Any = None

    @property
    def run_on_all_workers(self) -> bool:
        """Whether workers that are not the chief call it too."""
        return False

    def set_estimator(self, estimator: Any) -> None:
        """The estimator that is about to train."""
        if estimator is None:
            raise ValueError("Missing estimator.")
        self._estimator = estimator

    def begin(self, max_steps: int | None = None) -> None:
        """Before the session is made."""
        if self._begun:
            raise ValueError("begin called twice without end.")
        self._max_steps = max_steps
        self._begun = True

    def end(self, session: Any = None) -> None:  # noqa: ARG002
        """After the last step."""
        if not self._begun:
            raise ValueError("end called without begin.")
        self._max_steps = None
        self._begun = False

    def epoch_begin(self, epoch: int) -> None:
        """Before an epoch."""
        if self._current_epoch is not None:
            raise ValueError("epoch_begin called twice without epoch_end.")
        if epoch < 0:
            raise ValueError(f"Invalid epoch {epoch}.")
        self._current_epoch = epoch

    def epoch_end(self, epoch: int) -> None:
        """After an epoch."""
        if self._current_epoch != epoch:
            raise ValueError(f"epoch_end expected {self._current_epoch} but got {epoch}.")
        self._current_epoch = None

    def step_begin(self, step: int) -> list[Any]:
        """Before a step: tensors, or their names, to run with it."""
        if step < 0 or (self._max_steps is not None and step > self._max_steps):
            raise ValueError(f"Invalid step {step}.")
        self._current_step = step
        return []

    def step_end(self, step: int, output: dict[Any, Any]) -> bool:  # noqa: ARG002
        """After a step, with the values by what `step_begin` asked for: whether to stop."""
        if self._current_step != step:
            raise ValueError(f"step_end expected {self._current_step} but got {step}.")
        self._current_step = None
        return False

    def post_step(self, step: int, session: Any) -> None:
        """After a step and all monitors' `step_end`; may use the session."""


class EveryN(BaseMonitor):
    """Called every N steps, in the first ``first_n_steps`` steps, and in the last one."""

    def __init__(self, every_n_steps: int = 100, first_n_steps: int = 1) -> None:
        super().__init__()
        self._every_n_steps = every_n_steps
        self._first_n_steps = first_n_steps
        self._last_successful_step: int | None = None
        self._last_active_step = 0
        self._every_n_step_begin_called = False

    def every_n_step_begin(self, step: int) -> list[Any]:  # noqa: ARG002
        """`step_begin` of every N-th step."""
        return []

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> bool | None:  # noqa: ARG002
        """`step_end` of every N-th step."""
        return False

    def every_n_post_step(self, step: int | None, session: Any) -> None:
        """`post_step` of every N-th step."""

    def step_begin(self, step: int) -> list[Any]:
        """Call `every_n_step_begin` if it is time."""
        super().step_begin(step)
        self._every_n_step_begin_called = (
            step <= self._first_n_steps
            or step >= self._every_n_steps + self._last_active_step
            or step == self._max_steps
        )
        return self.every_n_step_begin(step) if self._every_n_step_begin_called else []

    def step_end(self, step: int, output: dict[Any, Any]) -> bool:
        """Call `every_n_step_end` if `every_n_step_begin` was called."""
        super().step_end(step, output)
        return bool(self._every_n_step_begin_called and self.every_n_step_end(step, output))

    def post_step(self, step: int, session: Any) -> None:
        """Call `every_n_post_step` if `every_n_step_begin` was called."""
        super().post_step(step, session)
        if self._every_n_step_begin_called:
            self.every_n_post_step(step, session)
            self._last_active_step = step
        self._last_successful_step = step

    def end(self, session: Any = None) -> None:
        """Call `every_n_post_step` for the last step if that was not done."""
        super().end(session=session)
        if self._last_successful_step != self._last_active_step:
            self.every_n_post_step(self._last_successful_step, session)


class StopAtStep(BaseMonitor):
    """Stops after ``num_steps`` more steps, or at step ``last_step``; ValueError unless one of them is given."""

    def __init__(self, num_steps: int | None = None, last_step: int | None = None) -> None:
        super().__init__()
        if num_steps is None and last_step is None:
            raise ValueError("One of num_steps or last_step must be specified.")
        if num_steps is not None and last_step is not None:
            raise ValueError("Only one of num_steps or last_step can be specified.")
        self._num_steps = num_steps
        self._last_step = last_step

    @property
    def run_on_all_workers(self) -> bool:
        """Each worker stops."""
        return True

    def step_begin(self, step: int) -> list[Any]:
        """Count from the first step that is seen."""
        super().step_begin(step)
        if self._last_step is None:
            assert self._num_steps is not None
            self._last_step = step + self._num_steps - 1
        return []

    def step_end(self, step: int, output: dict[Any, Any]) -> bool:
        """Whether it was the last step."""
        super().step_end(step, output)
        assert self._last_step is not None
        return step >= self._last_step


def output_of(outputs: dict[Any, Any], request: Any) -> Any:
    """The value of a tensor that was asked for itself or by its name."""
    return outputs[request] if request in outputs else outputs[request.name]
