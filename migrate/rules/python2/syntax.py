"""Syntax that only Python 2 reads, such as print statements.

## What it does
Rewrites, in files that are Python 2, the statements and literals that Python 3 does not have: `print` and `exec`
statements, `except A, e`, `raise A, "text"`, backquotes, `<>`, `0777`, `10L`, `ur""`, parameters that are tuples, and
`g.throw(A, "text")`. A file counts as Python 2 if Python 3 cannot parse it, or if it parses but holds a statement
that means something else there, such as `print >>f, x`. Only the lines concerned change.

## Why
TensorFlow 2.21 needs Python 3.

## Example
```python
print "step", step
```
```python
print("step", step)
```

## What to do by hand
Nothing. A trailing comma (`print x,`) becomes `end=' '`, which prints one more blank at the end of a line.
"""

from __future__ import annotations

import re

from .. import document

CODE = document(__name__, "PY201", "python2-syntax", "python2")
_UR = re.compile(r"""(?<![\w'"])[uU]([rR])(?=['"])""")

_KINDS = (
    (re.compile(rb"^\s*print\b|[:;]\s*print\b"), "print statement"),
    (re.compile(rb"^\s*except\b.*,"), "except clause with a comma"),
    (re.compile(rb"\bexec\b"), "exec statement"),
    (re.compile(rb"\braise\b"), "raise statement with a comma"),
    (re.compile(rb"`"), "backquotes"),
    (re.compile(rb"<>"), "operator <>"),
    (re.compile(rb"\bthrow\b"), "throw with a comma"),
    (re.compile(rb"\b(def|lambda)\b"), "tuple parameter"),
    (re.compile(rb"\b(0\d+|\d+[lL]|0[xX][0-9a-fA-F]+[lL])\b"), "number literal"),
    (re.compile(rb"\b[uU][rR]['\"]"), "ur string"),
)


def message(line: bytes) -> str:
    """What a line that was rewritten is about."""
    kind = next((name for pattern, name in _KINDS if pattern.search(line)), "syntax")
    return f"Python 2 {kind}"


def tidy(text: str, source: str) -> str:
    """What the fixers made of ``source``, with names that can be read for tuple parameters and without ``ur""``."""
    name = "pair" if not re.search(r"\bpair\d*\b", source) else "packed"
    if not re.search(rf"\b{name}\d*\b", source):
        text = re.sub(r"\bxxx_todo_changeme(\d*)\b", rf"{name}\1", text)
    return _plain_strings(text)


def _plain_strings(text: str) -> str:
    """``text`` with ``ur"…"`` as ``r"…"``; those with a Unicode escape, which Python 2 read, stay and do not parse."""
    if not _UR.search(text):
        return text
    from fissix.pgen2 import tokenize  # Python 2 tokens; the standard tokenizer splits ur"" in two

    rows = iter(text.splitlines(keepends=True))
    lines = text.splitlines(keepends=True)
    for kind, value, (row, column), _, _ in reversed(list(tokenize.generate_tokens(lambda: next(rows, "")))):
        if kind == tokenize.STRING and _UR.match(value) and r"\u" not in value and r"\U" not in value:
            line = lines[row - 1]
            lines[row - 1] = line[:column] + line[column + 1 :]
    return "".join(lines)
