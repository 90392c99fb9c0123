"""Why a program cannot be lifted: raised wherever something is met that is not known to be sound."""

from __future__ import annotations

import ast


class Refusal(Exception):  # noqa: N818 - it is an answer, not a failure
    """Lifting ends here, and the program stays on compat.

    Args:
      node: what prevents it; its line is shown.
      reason: a clause for "stays on compat: …" ("a session runs inside a loop over graphs").
      todo: what a person can do.

    Attributes:
      path: of the module; filled in by `lift_program`.
    """

    def __init__(self, node: ast.AST | None, reason: str, todo: str = "") -> None:
        super().__init__(reason)
        self.node = node
        self.reason = reason
        self.todo = todo
        self.path = ""
