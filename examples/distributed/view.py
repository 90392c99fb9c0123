"""One view of all workers: a table that changes on a terminal, plain lines in a pipe."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.live import Live
from rich.table import Table

from .task import Task


class View:
    """Shows which tasks run, how far they are, and what happened. To be used in a `with` block.

    Args:
      steps: of the whole run.
      every: in a pipe, steps between two lines of a worker.
    """

    def __init__(self, steps: int, every: int, console: Console | None = None) -> None:
        self.steps, self.every = steps, every
        self.console = console or Console(highlight=False, soft_wrap=True)
        self.rows: dict[Task, tuple[int, int, float | None]] = {}
        self.live = (
            Live(self._table(), console=self.console, refresh_per_second=4) if self.console.is_terminal else None
        )

    def __enter__(self) -> View:
        if self.live:
            self.live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.live:
            self.live.stop()

    def started(self, task: Task, process: int) -> None:
        """A task runs as that process."""
        self.rows[task] = (process, 0, None)
        self._draw(f"{_name(task)}  started as process {process}")

    def progress(self, task: Task, step: int, loss: float) -> None:
        """A task has done a step."""
        process = self.rows[task][0]
        self.rows[task] = (process, step, loss)
        self._draw(
            f"{_name(task)}  step {step} of {self.steps}  loss {loss:.4f}"
            if step % self.every == 0 or step == self.steps
            else None
        )

    def said(self, task: Task, line: str) -> None:
        """A task printed something."""
        self.console.print(f"{_name(task)}  {line}", markup=False)

    def event(self, text: str) -> None:
        """Something happened to the cluster."""
        self.console.print(f"! {text}", style="bold", markup=False)

    def _draw(self, line: str | None) -> None:
        if self.live:
            self.live.update(self._table())
        elif line:
            self.console.print(line, markup=False)

    def _table(self) -> Table:
        table = Table("task", "process", "step", "loss", box=None)
        for task, (process, step, loss) in self.rows.items():
            table.add_row(
                _name(task),
                str(process),
                f"{step} of {self.steps}" if step else "starting",
                "" if loss is None else f"{loss:.4f}",
            )
        return table


def _name(task: Task) -> str:
    return f"{task.kind} {task.index}"
