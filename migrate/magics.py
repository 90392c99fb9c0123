"""Find what Jupyter adds to Python in the text of one notebook cell: magics, shell lines and help.

Nothing here is parsed with `ast`, because such a cell is not Python. A small scanner walks over statements, so that ``% x`` on
the second line of an expression or ``!`` inside a string is never taken for a magic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# cell magics whose body is Python that runs in the notebook's own process
PYTHON_CELL_MAGICS = frozenset(
    {
        "capture",
        "heat",
        "lprun",
        "memit",
        "mprun",
        "notify",
        "prun",
        "pyinstrument",
        "scalene",
        "snakeviz",
        "time",
        "timeit",
        "wandb",
    }
)

_TOKEN = re.compile(
    r"""(?P<triple>\"\"\"|''')
      |(?P<string>"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)
      |(?P<comment>\#[^\r\n]*)
      |(?P<join>\\(?:\r\n|\r|\n))
      |(?P<open>[\[({])
      |(?P<close>[\])}])
      |(?P<newline>\r\n|\r|\n)
      |(?P<jupyter>(?<![=!<>])=[ \t]*[!%](?!=)|\?)
      |[^"'\#\\\[({\])}\r\n=?]+
      |.""",
    re.VERBOSE | re.DOTALL,
)
_BLANK = re.compile(r"[ \t\f]*")
_CONTINUED_LINE = re.compile(r"(?:[^\r\n]*\\(?:\r\n|\r|\n))*[^\r\n]*")
_NEWLINE = re.compile(r"\r\n|\r|\n")
_CELL_MAGIC = re.compile(r"%%(\w+)(?!\w|\?)")
_SKIPPED_BEFORE_CELL_MAGIC = re.compile(r"(?:[ \t\f]*(?:\#[^\r\n]*)?(?:\r\n|\r|\n))*[ \t]*")
# commands that work without % (automagic); two names side by side are never Python
_AUTOMAGIC = re.compile(
    r"(?:pip3?|conda|cd|ls|cat|cp|mv|rm|mkdir|rmdir)[ \t]+(?!(?:in|is|and|or|if|not|else|for|as)\b)(?:-\w|[\w~]|\.\.)"
)
_NEGATED = re.compile(r"\w+[ \t]+-")
_FUTURE = re.compile(r"from[ \t]+__future__[ \t]+import\b")
_QUIET = re.compile(r"[rRuUbB]{0,2}[\"']|\#|$")  # may stand before a __future__ import: strings, comments, nothing


@dataclass(frozen=True, slots=True)
class Hidden:
    """A stretch of a cell that is not Python for us: characters ``start:end``, without indentation and final newline.

    ``cell_magic`` marks a first line such as ``%%time``; ``opaque`` marks a cell that is hidden as a whole.
    """

    start: int
    end: int
    indented: bool = False
    cell_magic: bool = False
    opaque: bool = False


def find(text: str, at_start: bool) -> tuple[list[Hidden], bool]:
    """What to hide in a cell.

    ``at_start`` says that only comments, strings and ``from __future__`` imports came before this cell; a later ``__future__``
    import is legal in a notebook but not in the joined text, so it is hidden too. Returns the stretches, in order, and whether
    the next cell is still at the start.
    """
    found, at = _cell_magics(text)
    if found and found[-1].opaque:
        return found, at_start
    while at < len(text):
        begin = at + len(_BLANK.match(text, at)[0])  # type: ignore[index]  # matches the empty string at least
        end, jupyter = _statement(text, begin)
        if jupyter or _starts_magic(text, begin):
            end = end if jupyter and not _starts_magic(text, begin) else _CONTINUED_LINE.match(text, begin).end()  # type: ignore[union-attr]
            found.append(Hidden(begin, end, indented=begin > at))
        elif _FUTURE.match(text, begin):
            if not at_start and ";" not in text[begin:end]:
                found.append(Hidden(begin, end))
        elif not _QUIET.match(text[begin:end]):
            at_start = False
        newline = _NEWLINE.match(text, end)
        at = newline.end() if newline else len(text)
    return found, at_start


def whole(text: str) -> Hidden:
    """Hide a cell as a whole."""
    return Hidden(0, len(text), opaque=True)


def _cell_magics(text: str) -> tuple[list[Hidden], int]:
    """Leading cell magics (they nest: ``%%capture`` then ``%%time``) and where the code below them starts."""
    found: list[Hidden] = []
    at = 0
    while True:
        begin = _SKIPPED_BEFORE_CELL_MAGIC.match(text, at).end()  # type: ignore[union-attr]
        magic = _CELL_MAGIC.match(text, begin)
        if not magic:
            return found, at
        if magic[1] not in PYTHON_CELL_MAGICS:
            return [whole(text)], len(text)
        end = _CONTINUED_LINE.match(text, begin).end()  # type: ignore[union-attr]
        found.append(Hidden(begin, end, cell_magic=True))
        newline = _NEWLINE.match(text, end)
        at = newline.end() if newline else len(text)


def _starts_magic(text: str, at: int) -> bool:
    if text[at : at + 1] in ("%", "!", "?"):
        return True
    word = _AUTOMAGIC.match(text, at)
    # `ls -l` is automagic only when no variable is meant; `rm -rf x` can never be Python
    return bool(word) and not (_NEGATED.match(text, at) and not re.match(r"\w+[ \t]+-\w+[ \t]+[\w./~]", text[at:]))


def _statement(text: str, at: int) -> tuple[int, bool]:
    """End of the statement that starts at ``at`` (before its newline), and whether it holds Jupyter syntax."""
    depth = 0
    jupyter = False
    while at < len(text):
        token = _TOKEN.match(text, at)
        assert token is not None  # the last alternative takes any character
        kind = token.lastgroup
        if kind == "newline" and depth <= 0:
            return at, jupyter
        at = token.end()
        if kind == "triple":
            at = _after_triple(text, at, token[0])
        elif kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
        elif kind == "jupyter" and depth <= 0:
            jupyter = True
    return len(text), jupyter


def _after_triple(text: str, at: int, quote: str) -> int:
    """The place after the closing ``quote``, or the end of the text."""
    closing = re.compile(rf"(?:\\.|(?!{quote}).)*{quote}", re.DOTALL).match(text, at)
    return closing.end() if closing else len(text)
