"""The file is neither Python 3 nor Python 2.

## What it does
Python 3 cannot parse the file, and the conversion from Python 2 gives no text that Python 3 can parse. The file is left as it
is, byte for byte.

## Why
A migration needs the program's structure. Half a conversion would be worse than none.

## What to do by hand
Open the file at the line of the finding and mend the syntax: a merge marker, a template with placeholders, `async` or `await`
used as a name (they are keywords since Python 3.7), or a line that no version of Python accepts. Then run the command again.
"""

from __future__ import annotations

from .. import document
from ...findings import Finding
from ...linediff import split_lines

CODE = document(__name__, "PY200", "unreadable-python", "python2")


def finding(text: bytes, error: Exception | None) -> Finding:
    """The finding for a ``text`` that the parser refused with ``error``."""
    lines = split_lines(text) or [(0, b"", b"")]
    number = getattr(error, "lineno", None) or 1
    start, content, _ = lines[min(number, len(lines)) - 1]
    reason = getattr(error, "msg", None) or str(error) or "unknown syntax"
    message = f"cannot be parsed as Python 3 ({reason}), nor as Python 2; the file is left as it is"
    return Finding(CODE, message, start, start + len(content), todo="mend the syntax of this line, then run the command again")
