"""Indentation that mixes tabs and blanks as only Python 2 allows.

## What it does
Where Python 3 refuses a file because its indentation mixes tabs and blanks, expands the tabs at the start of lines to
the next multiple of eight columns, which is how Python 2 read them. Text inside strings is not touched.

## Why
Python 3 stops with `TabError: inconsistent use of tabs and spaces in indentation`.

## Example
```python
for x in rows:
        a(x)
        b(x)
```
```python
for x in rows:
        a(x)
        b(x)
```

## What to do by hand
Nothing; a formatter can make the indentation four columns wide afterwards.
"""

from __future__ import annotations

import re

from .. import document

CODE = document(__name__, "PY202", "mixed-tabs", "python2")
_INDENT = re.compile(r"[ \t\f]*\t[ \t]*")


def expand(text: str) -> str:
    """``text`` with the tabs in the indentation of its lines expanded; the same text if it cannot be split into tokens."""
    lines = re.split(r"(\r\n|\r|\n)", text)
    inside = _inside_strings(re.sub(r"\r\n|\r", "\n", text))
    if inside is None:
        return text
    for number in range(0, len(lines), 2):
        found = _INDENT.match(lines[number])
        if found and number // 2 + 1 not in inside:
            lines[number] = found[0].expandtabs(8) + lines[number][found.end() :]
    return "".join(lines)


def _inside_strings(text: str) -> set[int] | None:
    """Numbers of the lines that begin inside a string, or None if the text has no tokens that make sense."""
    from fissix.pgen2 import (
        tokenize,
    )  # Python 2 tokens; the standard tokenizer refuses them. Lazy: most files never need it

    inside: set[int] = set()
    rows = iter(text.splitlines(keepends=True) if "\f" not in text else [line + "\n" for line in text.split("\n")])
    try:
        for kind, _, start, end, _ in tokenize.generate_tokens(lambda: next(rows, "")):
            if kind == tokenize.STRING:
                inside.update(range(start[0] + 1, end[0] + 1))
    except (tokenize.TokenError, IndentationError, SyntaxError):
        return None
    return inside
