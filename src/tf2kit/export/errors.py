"""What goes wrong while a model is exported, as sentences."""

from __future__ import annotations


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
