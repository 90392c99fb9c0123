"""The difference of two texts as small byte-span edits, line by line."""

from __future__ import annotations

import difflib
import re

from .findings import Edit

_LINE = re.compile(rb"([^\r\n]*)(\r\n|\r|\n|\Z)")


def split_lines(text: bytes) -> list[tuple[int, bytes, bytes]]:
    """``(offset, content, newline)`` of every line, counted as Python's tokenizer counts them."""
    return [(m.start(), m[1], m[2]) for m in _LINE.finditer(text) if m[0]]


def line_edits(old: bytes, new: bytes) -> tuple[Edit, ...]:
    """Edits that give ``old`` the lines of ``new`` and keep the newlines of ``old``.

    A line that became another line is edited between the first and the last byte that differ, so positions stay meaningful.
    """
    before, after = split_lines(old), split_lines(new)
    usual = (before[0][2] if before else b"") or b"\n"
    changed = [i for i in range(len(before)) if before[i][1] != after[i][1]] if len(before) == len(after) else None
    if changed is not None and 5 * len(changed) <= len(before):  # line by line; much faster, and nothing can have moved
        return tuple(_trimmed(before[i][0], before[i][1], after[i][1]) for i in changed)
    matcher = difflib.SequenceMatcher(None, [b for _, b, _ in before], [b for _, b, _ in after], autojunk=False)
    edits: list[Edit] = []
    for tag, i, j, k, n in matcher.get_opcodes():
        if tag == "equal":
            continue
        if 0 < j - i <= n - k:
            edits += _paired(before[i:j], [content for _, content, _ in after[k:n]])
            continue
        start = before[i][0] if i < len(before) else len(old)
        end = before[j][0] if j < len(before) else len(old)
        block = b"".join(content + usual for _, content, _ in after[k:n])
        if end == len(old) and before and not before[-1][2]:  # the text does not end in a newline, and still will not
            block = block[: -len(usual)] if block else block
        edits.append(Edit(start, end, block))
    return tuple(edits)


def _paired(old: list[tuple[int, bytes, bytes]], new: list[bytes]) -> list[Edit]:
    """Edits for lines some of which became more than one: each new line without a partner joins the line before it."""
    edits: list[Edit] = []
    spare = len(new) - len(old)
    k = 0
    for i, (at, content, newline) in enumerate(old):
        block = [new[k]]
        k += 1
        last = i + 1 == len(old)
        while spare and (last or _likeness(old[i + 1][1], new[k + 1]) > _likeness(old[i + 1][1], new[k])):
            block.append(new[k])
            k, spare = k + 1, spare - 1
        if block != [content]:
            edits.append(_trimmed(at, content, (newline or b"\n").join(block)))
    return edits


def _likeness(a: bytes, b: bytes) -> float:
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def _trimmed(at: int, old: bytes, new: bytes) -> Edit:
    """One edit at offset ``at`` that makes ``new`` of ``old`` and leaves what both begin and end with."""
    a, b = old.decode("utf-8"), new.decode("utf-8")  # characters, so that no edit splits one
    shorter = min(len(a), len(b))
    head = next((i for i in range(shorter) if a[i] != b[i]), shorter)
    tail = next((i for i in range(shorter - head) if a[-1 - i] != b[-1 - i]), shorter - head)
    start = at + len(a[:head].encode())
    end = at + len(a[: len(a) - tail].encode())
    return Edit(start, end, b[head : len(b) - tail].encode())
