"""What goes wrong while a model is exported, as sentences."""

from __future__ import annotations

import errno
import os
import tempfile

NO_SPACE = os.strerror(errno.ENOSPC)


class ExportError(Exception):
    """A model cannot be exported as asked; ``str()`` says what happened and where.

    Attributes:
      op: type of the op that stands in the way; empty where none does.
      todo: what to do next; empty where the message says it.
      usage: whether what was asked for is at fault (exit code 2), not the model or the runtime (exit code 1).
    """

    def __init__(self, message: str, op: str = "", todo: str = "", usage: bool = False) -> None:
        super().__init__(message)
        self.op = op
        self.todo = todo
        self.usage = usage

    def sentence(self) -> str:
        """The message and what to do next."""
        return f"{self}\n{self.todo}" if self.todo else str(self)


class RuntimeMissingError(ExportError):
    """What runs or writes an artefact is not installed; `todo` is the command that installs it. Exit code 2."""

    def __init__(self, message: str, todo: str) -> None:
        super().__init__(message, todo=todo, usage=True)


def disk_full(output: str) -> ExportError:
    """What is said where `NO_SPACE` is met, which TensorFlow reports as text only."""
    message = f"{NO_SPACE}: {output} could not be written. Nothing was left there."
    temporary = tempfile.gettempdir()
    todo = f"It needs room for several copies of the model there and in {temporary} (TMPDIR names another folder)."
    return ExportError(message, todo=todo, usage=True)
