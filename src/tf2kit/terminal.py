"""Where text goes: colours, bytes for standard output, pipes that close early, and progress on a terminal.

Colours are written by hand; `rich` is imported only for the progress bar and for Markdown pages, when they are shown.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from .cli_errors import UsageError

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

PATIENCE = 2.0  # seconds of work before progress is shown
PIPE_WIDTH = 100  # columns that text is wrapped to when it does not go to a terminal
_STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "note": "36",
    "ok": "32",
    "bold": "1",
    "dim": "2",
    "code": "1;35",
    "path": "36",
    "added": "32",
    "removed": "31",
}


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person reads ``stream``."""
    return stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"


def _coloured(stream: TextIO | None, color: str | None) -> bool:
    if color in ("always", "never"):
        return color == "always"
    return is_terminal(stream) and not os.environ.get("NO_COLOR")


class Output:
    """One of the two standard streams.

    Writing to a pipe that the reader has closed is silent, and so is a missing stream; a full disk raises `UsageError`.
    """

    def __init__(self, name: str, color: str | None = "auto") -> None:
        self._name = name
        self.terminal = is_terminal(self._stream)
        self.coloured = _coloured(self._stream, color)

    @property
    def _stream(self) -> TextIO | None:
        stream: TextIO | None = getattr(sys, self._name)
        return stream

    @property
    def width(self) -> int:
        """Columns to wrap text to."""
        return max(60, min(shutil.get_terminal_size().columns, 120)) if self.terminal else PIPE_WIDTH

    def paint(self, text: str, style: str) -> str:
        """``text`` in the named style, or as it is where there are no colours."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.coloured and text else text

    def line(self, text: str = "") -> None:
        """Write ``text`` and a newline."""
        self.write(text + "\n")

    def write(self, text: str) -> None:
        """Write ``text`` as it is; characters that the stream cannot encode are shown escaped."""
        stream = self._stream
        if stream is None:
            return
        encoding = stream.encoding or "utf-8"
        with self._unless_closed():
            stream.write(text.encode(encoding, "backslashreplace").decode(encoding))

    def write_bytes(self, data: bytes) -> None:
        """Write ``data`` byte for byte."""
        stream = self._stream
        if stream is None:
            return
        with self._unless_closed():
            stream.flush()
            stream.buffer.write(data)
            stream.buffer.flush()

    def flush(self) -> None:
        """Hand on what is buffered."""
        stream = self._stream
        if stream is not None:
            with self._unless_closed():
                stream.flush()

    @contextlib.contextmanager
    def _unless_closed(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:  # the reader (head, less) has what it wanted
            self._close()
        except OSError as error:
            self._close()
            raise UsageError(f"the output could not be written: {error.strerror or error}") from None

    def _close(self) -> None:
        """Send what is still buffered nowhere; otherwise Python complains once more at exit."""
        stream = self._stream
        if stream is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class Progress:
    """A progress bar on standard error, for a person, once the work has taken over `PATIENCE` seconds. Call it with (done, total, path)."""

    def __init__(self, wanted: bool, patience: float = PATIENCE) -> None:
        self._wanted = wanted and is_terminal(sys.stderr)
        self._patience = patience
        self._start = time.monotonic()
        self._bar: RichProgress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, done: int, total: int, path: str) -> None:
        """Show that ``done`` of ``total`` files are through; ``path`` is the latest."""
        if not self._wanted or time.monotonic() - self._start < self._patience:
            return
        if self._bar is None or self._task is None:
            self._bar, self._task = _open_bar(total)
        self._bar.update(self._task, completed=done, total=total, path=os.path.basename(path)[-28:])


def _open_bar(total: int) -> tuple[RichProgress, TaskID]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as RichProgress

    columns = (TextColumn("Migrating"), BarColumn(bar_width=20), MofNCompleteColumn(), TimeElapsedColumn())
    place = TextColumn("{task.fields[path]}", markup=False)
    bar = RichProgress(*columns, place, console=Console(stderr=True), transient=True)
    task = bar.add_task("migrate", total=total, path="")
    bar.start()
    return bar, task


def show_markdown(page: str, output: Output) -> None:
    """Print a Markdown page: formatted where there are colours, as it is elsewhere."""
    if not output.coloured:
        output.write(page if page.endswith("\n") else page + "\n")
        return
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(width=output.width, force_terminal=True, no_color=False)
    with console.capture() as captured:
        console.print(Markdown(page))
    output.write(captured.get())
