"""Lines of source: where statements lie, what comments belong to them, and how they read at another indentation."""

from __future__ import annotations

import ast
import io
import re
import tokenize

from .context import Context

# what `notebook.py` puts between cells and in place of magics
BORDER = re.compile(r"# (%% tf2kit_* cell|tf2kit_*:magic:)")


class Layout:
    """The lines of one module."""

    def __init__(self, context: Context) -> None:
        text = context.module.text.decode()
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.lines = text.replace("\r\n", "\n").split("\n")
        self.frozen = inside_strings(text.replace("\r\n", "\n"))
        self.unit = _unit(context.module.tree)

    def first(self, node: ast.stmt) -> int:
        """The first line of a statement, decorators included (from 1)."""
        decorators = getattr(node, "decorator_list", [])
        lines: list[int] = [node.lineno, *(d.lineno for d in decorators)]
        return min(lines)

    def last(self, node: ast.stmt) -> int:
        """Its last line."""
        return node.end_lineno or node.lineno

    def comments(self, after: int, before: int) -> list[str]:
        """The lines strictly between two lines: comments and blank ones."""
        return [line.strip() for line in self.lines[after : before - 1]]

    def bordered(self, comments: list[str]) -> tuple[list[str], list[str]]:
        """Comments up to the last border of a notebook's cells or hidden line, which stay where they are; and the rest."""
        borders = [i for i, line in enumerate(comments) if BORDER.match(line)]
        cut = borders[-1] + 1 if borders else 0
        return comments[:cut], comments[cut:]

    def tail(self, node: ast.stmt) -> str:
        """The comment behind a statement on its last line, with its distance."""
        line = self.lines[self.last(node) - 1].encode()
        rest = line[node.end_col_offset or 0 :].decode()
        return rest.rstrip() if re.match(r"\s*#", rest) else ""

    def shift(self, text: str, first: int, old: int, new: int) -> list[str]:
        """The lines of a statement that began in line ``first`` at column ``old``, at column ``new``; strings stay as they are."""
        found = []
        for number, line in enumerate(text.split("\n")):
            if number == 0:
                found.append(" " * new + line)
            elif first + number in self.frozen or not line.strip():
                found.append(line if first + number in self.frozen else "")
            else:
                indent = len(line) - len(line.lstrip())
                found.append(" " * max(0, indent + new - old) + line.lstrip())
        return found


def inside_strings(text: str) -> set[int]:
    """Lines that begin inside a string."""
    found: set[int] = set()
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.STRING and token.end[0] > token.start[0]:
                found.update(range(token.start[0] + 1, token.end[0] + 1))
    except (tokenize.TokenError, SyntaxError):
        pass
    return found


def _unit(tree: ast.Module) -> int:
    """How far this program indents."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if not (isinstance(node, ast.stmt) and isinstance(body, list) and body and isinstance(body[0], ast.stmt)):
            continue
        if body[0].lineno > node.lineno and body[0].col_offset > node.col_offset:
            return int(body[0].col_offset - node.col_offset)
    return 4
