"""What has to hold for any text."""

from __future__ import annotations

import ast
import difflib
import warnings

from tf2kit.migrate.findings import FileResult
from tf2kit.migrate.source import Source, SourceError

from tests.laws.support import BROKEN, codes, one


def parse(text: bytes) -> ast.Module | None:
    """The tree of a UTF-8 text, if Python 3 reads it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text.decode("utf-8"))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def text_of(raw: bytes) -> bytes | None:
    """The text of a file as UTF-8, if it can be read."""
    try:
        return Source.read("a.py", raw).text
    except SourceError:
        return None


def check(raw: bytes) -> FileResult:
    """Migrate a text and hold every property against what comes out."""
    result = one(raw)
    assert not codes(result) & set(BROKEN), [d.message for d in result.diagnostics]
    if b"tensorflow" not in raw:
        assert result.after == raw
        assert result.left == []
    before, after = text_of(raw), text_of(result.after)
    if before is None:
        assert result.after == raw
        return result
    assert after is not None
    if parse(before) is not None or result.changed:
        assert parse(after) is not None, after.decode()
    if not any(d.code.startswith("PY2") for d in result.diagnostics):
        untouched_lines(before, after, result)
    second = one(result.after)
    assert second.after == result.after, (result.after, second.after)
    assert [d for d in second.diagnostics if d.fixed] == []
    return result


def untouched_lines(before: bytes, after: bytes, result: FileResult) -> None:
    """Every line that went away or became another one belongs to a statement with a finding that was fixed."""
    old, new = before.splitlines(), after.splitlines()
    touched = {n for d in result.diagnostics if d.fixed for n in range(d.line, d.end_line + 1)}
    tree = parse(before)
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            last = body[0].lineno if isinstance(body, list) and body else node.end_lineno or node.lineno
            span = set(range(node.lineno, last + 1))
            if span & touched:
                touched |= span
    for tag, i, j, k, n in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag in ("replace", "delete"):
            lost = [old[at] for at in range(i, j) if at + 1 not in touched]
            lost = [line for line in lost if not any(_grown(line, line_now) for line_now in new[k:n])]
            lost = [line for line in lost if new.count(line) < old.count(line)]  # equal lines may be matched crosswise
            assert not lost, (lost, new[k:n])


def _grown(old: bytes, new: bytes) -> bool:
    """Whether something was only inserted (an import behind a semicolon)."""
    head = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return new.endswith(old[head:])
