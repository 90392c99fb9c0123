"""The text of a module while parts of it are written out: names that are called otherwise, statements that move or go."""

from __future__ import annotations

import ast
import bisect

from ..edits import apply, ordered
from ..findings import Edit
from .context import Context
from .layout import Layout


class Draft:
    """Edits of one module.

    Args:
      context: the module as it is.

    Attributes:
      renamed: the new text of expressions, also where they are moved.
    """

    def __init__(self, context: Context) -> None:
        self.context, self.module = context, context.module
        self.layout = Layout(context)
        self.renamed: dict[ast.AST, str] = {}
        self._edits: list[Edit] = []
        self._indents: list[Edit] = []

    def replace(self, node: ast.AST, text: str) -> None:
        """Put ``text`` where a node was."""
        self._edits.append(Edit(*self.module.span(node), text.encode()))

    def replace_lines(self, first: int, last: int, text: str) -> None:
        """Put ``text``, of whole lines, where the lines ``first`` to ``last`` were (from 1)."""
        self._edits.append(Edit(self._start(first), self._start(last + 1), text.encode()))

    def remove(self, node: ast.stmt, comments: bool = False) -> None:
        """Take out a statement, with the comments above it where these are about nothing else, and a blank line that is too many."""
        first, last = node.lineno, node.end_lineno or node.lineno
        lines = self.layout.lines
        while comments and lines[first - 2].strip().startswith("#"):
            first -= 1
        if last >= len(lines) or not lines[last].strip():
            while not lines[first - 2].strip():
                first -= 1
        self.replace_lines(first, last, "")

    def insert(self, line: int, text: str) -> None:
        """Put ``text``, of whole lines, in front of a line."""
        self._edits.append(Edit(self._start(line), self._start(line), text.encode()))

    def indent(self, first: int, last: int, by: int) -> None:
        """Move lines by some columns; what is inside a string stays."""
        for line in range(first, last + 1):
            text = self.layout.lines[line - 1]
            if line in self.layout.frozen or not text.strip() or not by:
                continue
            start = self._start(line)
            self._indents.append(Edit(start, start + max(0, -by), b" " * max(0, by)))

    def _start(self, line: int) -> int:
        return self.module.starts[line - 1] if line <= len(self.module.starts) else len(self.module.text)

    def text(self, node: ast.AST) -> str:
        """The source of a node with the names in it renamed."""
        start, end = self.module.span(node)
        inside = [Edit(*self.module.span(n), t.encode()) for n, t in self.renamed.items()]
        kept = [Edit(e.start - start, e.end - start, e.text) for e in inside if start <= e.start and e.end <= end]
        return apply(self.module.text[start:end], kept).decode()

    def settled(self) -> list[Edit]:
        """All edits, without those inside of what was replaced as a whole."""
        whole = ordered(self._edits)
        spans = [(e.start, e.end) for e in whole if e.end > e.start]
        small = [Edit(*self.module.span(n), t.encode()) for n, t in self.renamed.items()]
        found = [*whole, *(e for e in (*self._indents, *small) if not _within(e, spans))]
        return ordered(found)

    def applied(self, edits: list[Edit]) -> bytes:
        """The new text."""
        return apply(self.module.text, edits)

    def nearest(self, offset: int) -> ast.stmt:
        """The last statement that begins no later than ``offset``."""
        statements = sorted(
            (self.module.span(n)[0], i, n) for i, n in enumerate(ast.walk(self.module.tree)) if isinstance(n, ast.stmt)
        )
        at = bisect.bisect_right([s[0] for s in statements], offset) - 1
        return statements[max(0, at)][2]


def _within(edit: Edit, spans: list[tuple[int, int]]) -> bool:
    return any(start <= edit.start and edit.end <= end and edit.start < end for start, end in spans)
