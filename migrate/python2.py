"""Bring Python 2 source text to Python 3 grammar. Only lines that Python 3 cannot read as they were meant are touched.

`upgrade` decides, converts and checks; `fissix` (a maintained fork of lib2to3) is imported only for files that need it. What
also occurs in files that Python 3 can parse (``xrange``, ``iteritems``, moved modules) is left to the rules in `rules/python2`.
"""

from __future__ import annotations

import ast
import bisect
import functools
import re
from dataclasses import dataclass, replace
from typing import Any

from .edits import OffsetMap, apply
from .findings import Edit, Finding, Fix
from .linediff import line_edits, split_lines
from .module import parse
from .rules.python2 import division, syntax, tabs

_FIXERS = ("print", "except", "exec", "raise", "repr", "ne", "numliterals", "tuple_params", "throw")
_NEWLINE = re.compile(r"\r\n|\r")


@dataclass(frozen=True, slots=True)
class Python2Result:
    """What became of one text.

    Attributes:
      text: the new text; the same object as the input when nothing changed.
      edits: byte-span edits that turn the input into ``text``. They only work together.
      lines: numbers of the lines of the input (from 1) that the edits touch.
      findings: what to tell the user, with spans in the input. The edits of their fixes are all among ``edits``.
    """

    text: bytes
    edits: tuple[Edit, ...] = ()
    lines: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()


@functools.lru_cache(
    maxsize=256
)  # a file is upgraded to be analysed and again to be changed; fissix takes longer than all the rest
def upgrade(text: bytes) -> Python2Result:
    """Return ``text`` (UTF-8) in Python 3 grammar if it is Python 2, else unchanged.

    The new text always parses; where no such text is found, the input comes back as it is.
    """
    old = text.decode("utf-8")
    tree, error = _parse(old)
    if tree is not None and not _means_python2(tree, text):
        return Python2Result(text)
    spaced = tabs.expand(old) if tree is None else old
    respaced = _parse(spaced)[0] if isinstance(error, TabError) else None
    if respaced is not None and not _means_python2(respaced, text):
        return _result(text, spaced, python2=False)
    for start in dict.fromkeys((old, spaced)):  # tabs are left alone where Python 3 can live with them
        new = _convert(start)
        if new is not None:
            return _result(text, new, python2=True)
    return Python2Result(text)


def _parse(text: str) -> tuple[ast.Module | None, Exception | None]:
    try:
        return parse(text.encode("utf-8")), None
    except (SyntaxError, UnicodeEncodeError) as error:
        return None, error


def _means_python2(tree: ast.Module, text: bytes) -> bool:
    """Whether a text that Python 3 parses holds a statement that only makes sense in Python 2."""
    if b"print" not in text or any(
        isinstance(n, ast.ImportFrom) and n.module == "__future__" and any(a.name == "print_function" for a in n.names)
        for n in tree.body
    ):
        return False
    return any(isinstance(node, ast.Expr) and _is_print(node.value) for node in ast.walk(tree))


def _is_print(value: ast.expr) -> bool:
    """``print``, ``print >>f, x``, ``print -1``, ``print (a), b``, ``print (a) % b`` as Python 3 sees them."""
    if isinstance(value, ast.Name):
        return value.id == "print"
    if isinstance(value, ast.Tuple):
        return bool(value.elts) and (_is_print(value.elts[0]) or _calls_print(value.elts[0]))
    if isinstance(value, ast.BinOp):
        return _is_print(value.left) or _calls_print(value.left)
    return False


def _calls_print(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "print"


@functools.cache
def _tool(print_function: bool) -> Any:
    from fissix import refactor  # lazy: 15 of 633 files need it

    names = [f"fissix.fixes.fix_{name}" for name in _FIXERS]
    return refactor.RefactoringTool(names, {"print_function": print_function})


def _convert(text: str) -> str | None:
    """``text`` in Python 3 grammar with newlines of Unix, or None if neither grammar of Python 2 reads it."""
    source = _NEWLINE.sub("\n", text)
    source += "" if source.endswith("\n") else "\n"
    for print_function in (False, True):
        try:
            new = syntax.tidy(str(_tool(print_function).refactor_string(source, "<text>")), source)
        except Exception:  # the parser and the fixers raise many kinds; whatever it is, the file stays as it was
            continue
        if new != source and _parse(new)[0] is not None:
            return new
    return None


def _result(text: bytes, new: str, python2: bool) -> Python2Result:
    """Place the difference of two texts on the first, and say what each part of it is."""
    edits = line_edits(text, new.encode("utf-8"))
    converted = apply(text, edits)
    divisions = tuple(division.check(converted)) if python2 else ()
    floor = [edit for f in divisions if f.fix for edit in f.fix.edits]
    final = apply(converted, floor)
    edits = line_edits(text, final)
    lines = split_lines(text)
    starts = [at for at, _, _ in lines]
    number = {e: bisect.bisect_right(starts, e.start) - 1 for e in edits}
    told = _told(edits, number, lines)
    back = OffsetMap(edits).back
    for f in divisions:
        start, end = (back(at + sum(e.end <= at for e in floor)) for at in (f.start, f.end))
        row = bisect.bisect_right(starts, start) - 1
        here = tuple(e for e in edits if number[e] == row)
        if here:  # places inside rewritten text cannot be told exactly: show the line
            at, content, _ = lines[row]
            start, end = at + len(content) - len(content.lstrip()), at + len(content)
        told.append(replace(f, start=start, end=max(start, end), fix=Fix(here) if f.fix else None))
    return Python2Result(final, edits, tuple(sorted({n + 1 for n in number.values()})), tuple(told))


def _told(edits: tuple[Edit, ...], number: dict[Edit, int], lines: list[tuple[int, bytes, bytes]]) -> list[Finding]:
    """One finding for the indentation as a whole, and one for each line whose syntax changed."""
    told: list[Finding] = []
    indents: list[Edit] = []
    for edit in edits:
        at, content, _ = lines[number[edit]] if lines else (0, b"", b"")
        width = len(content) - len(content.lstrip(b" \t\f"))
        if b"\t" in content[:width] and edit.end <= at + width and not edit.text.strip():
            indents.append(edit)
            continue
        start = at + width
        told.append(Finding(syntax.CODE, syntax.message(content), start, max(start, at + len(content)), Fix((edit,))))
    if indents:
        message = f"indentation mixes tabs and blanks on {len(indents)} lines; expanded to columns of eight as Python 2 read them"
        told.insert(0, Finding(tabs.CODE, message, indents[0].start, indents[0].end, Fix(tuple(indents))))
    return told
