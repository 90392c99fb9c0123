"""A parsed file: its tree, its names and where things are in its text."""

from __future__ import annotations

import ast
import functools
import warnings
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from .names import Names
from .options import Options
from .scopes import Imported, Use
from .source import line_starts
from .symbols import star_imports

if TYPE_CHECKING:
    from .facts import Facts


class Module:
    """One module at one stage.

    Args:
      path: display path.
      text: UTF-8 text.
      package: dotted package that it lies in, "" when unknown.
      star: see `Names`.
      tree: the parsed text, for whoever changes it; else it is shared by everybody.

    Raises:
      SyntaxError: the text is not Python 3.
    """

    def __init__(
        self,
        path: str,
        text: bytes,
        package: str = "",
        star: Mapping[str, Mapping[str, str]] | None = None,
        tree: ast.Module | None = None,
    ) -> None:
        self.path = path
        self.text = text
        self.package = package
        self.tree = tree or parse(text)
        if b"*" in text and b"tensorflow" in text:
            star = {**star_imports(), **(star or {})}
        self.names = Names(self.tree, package, star)
        self.facts: Facts | None = None
        self.options = Options()

    @property
    def spelled_out(self) -> bool:
        """Whether TF 1 names are (to be) spelled ``tf.compat.v1.x`` below an unchanged ``import tensorflow as tf``.

        That is what the official script's default mode makes, and what people write who migrate by hand.
        """
        return self.options.official == "default" or (self.facts is not None and self.facts.spelled)

    @property
    def uses(self) -> list[Use]:
        """Attribute chains that resolve to something imported."""
        return self.names.uses

    @property
    def imports(self) -> list[Imported]:
        """One entry for each imported name."""
        return self.names.imports

    @cached_property
    def starts(self) -> list[int]:
        """Byte offset of each line."""
        return line_starts(self.text)

    def offset(self, line: int, column: int) -> int:
        """Byte offset of an ast position (line from 1, column in UTF-8 bytes from 0)."""
        return self.starts[line - 1] + column

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Byte span of a node; decorators of functions and classes are not part of it."""
        return (
            self.offset(node.lineno, node.col_offset),  # type: ignore[attr-defined]
            self.offset(node.end_lineno, node.end_col_offset),  # type: ignore[attr-defined]
        )

    def slice(self, node: ast.AST) -> bytes:
        """The source of a node."""
        start, end = self.span(node)
        return self.text[start:end]

    def line_span(self, offset: int) -> tuple[int, int]:
        """Byte span of the line that holds ``offset``, newline included."""
        import bisect

        i = bisect.bisect_right(self.starts, offset) - 1
        return self.starts[i], self.starts[i + 1] if i + 1 < len(self.starts) else len(self.text)


@functools.lru_cache(maxsize=2)  # each text is looked at by several stages in a row, and trees are never changed
def parse(text: bytes) -> ast.Module:
    """Parse UTF-8 text as Python 3 without executing it or printing its warnings.

    Raises:
      SyntaxError: it is not Python 3 (also for texts that exhaust the parser).
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(_without_cookie(text))
        except (RecursionError, MemoryError, ValueError) as error:
            raise SyntaxError(f"the parser gives up: {error}") from None


def _without_cookie(text: bytes) -> str:
    """As str, so that a coding comment of the original encoding is not applied to what is UTF-8 by now."""
    return text.decode("utf-8")
