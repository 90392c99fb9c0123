"""What a cell becomes, to look at: a coloured page in Jupyter, colours in a terminal, plain text everywhere else."""

from __future__ import annotations

import difflib
import html
import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tf2kit.migrate import Diagnostic, MigratedCell

# half transparent, so that they suit bright and dark themes
_STYLES = {"+": "background:rgba(46,160,67,.22)", "-": "background:rgba(248,81,73,.20)", " ": "opacity:.75"}
_ANSI = {"+": "\x1b[32m{}\x1b[0m", "-": "\x1b[31m{}\x1b[0m", " ": "{}"}
_CODE = "margin:0;padding:0 .6em;white-space:pre-wrap;line-height:1.45;font-family:monospace;"


class Shown:
    """The difference between a cell and what it becomes, and the findings that are left."""

    def __init__(self, own: str, cell: MigratedCell) -> None:
        rows = difflib.ndiff(own.splitlines(), cell.text.splitlines())
        self._rows = [(row[0], row[2:]) for row in rows if row[0] != "?"]
        self._changed = own != cell.text
        self._left = [told for told in cell.diagnostics if not told.fixed]

    def show(self, shell: Any) -> None:
        """Show it where ``shell`` shows things."""
        if hasattr(shell, "kernel"):
            shell.display_pub.publish({"text/plain": self.text(), "text/html": self.page()})
            return
        plain = os.environ.get("NO_COLOR") or not sys.stdout.isatty() or str(shell.colors).lower() == "nocolor"
        print(self.text(coloured=not plain))

    def text(self, coloured: bool = False) -> str:
        """As lines that begin with ``+``, ``-`` or a blank; findings behind them."""
        style = _ANSI if coloured else dict.fromkeys(_ANSI, "{}")
        lines = [style[kind].format(f"{kind} {line}".rstrip()) for kind, line in self._rows]
        lines = lines if self._changed else ["Nothing to change."]
        return "\n".join([*lines, *(_said(told) for told in self._left)])

    def page(self) -> str:
        """As HTML."""
        rows = [
            f'<div style="{_CODE}{_STYLES[kind]}">{html.escape(f"{kind} {line}")}</div>' for kind, line in self._rows
        ]
        rows = rows if self._changed else ["<div>Nothing to change.</div>"]
        left = "".join(
            f"<li>line {told.line}: {html.escape(told.message)} (<code>{told.code}</code>). {html.escape(told.todo)}</li>"
            for told in self._left
        )
        head = '<div style="font-weight:600;margin:.8em 0 .2em">{}</div>'
        todo = head.format("Left for you") + f'<ul style="margin:.2em 0">{left}</ul>' if left else ""
        return f'<div class="tf2kit-migrate">{"".join(rows)}{todo}</div>'


def _said(told: Diagnostic) -> str:
    return f"line {told.line}: {told.message} ({told.code}). {told.todo}".rstrip()
