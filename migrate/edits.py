"""Apply byte-span edits to a text, and carry positions across them."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence

from .findings import Edit, Fix


def select(fixes: Iterable[Fix]) -> tuple[list[Fix], list[Fix]]:
    """Split ``fixes`` into those that can be applied together and those whose edits overlap an earlier one's.

    Two insertions at the same place are applied in the order given. Identical edits are the same edit.
    """
    taken: list[Edit] = []
    known: set[Edit] = set()
    chosen: list[Fix] = []
    refused: list[Fix] = []
    for fix in fixes:
        fresh = [e for e in fix.edits if e not in known]
        if any(_overlap(e, t) for e in fresh for t in _near(taken, e)):
            refused.append(fix)
            continue
        for e in fresh:
            bisect.insort(taken, e, key=_key)
            known.add(e)
        chosen.append(fix)
    return chosen, refused


def _key(edit: Edit) -> tuple[int, int]:
    return (edit.start, edit.end)


def _near(taken: list[Edit], edit: Edit) -> Iterable[Edit]:
    """Edits of the sorted list that could touch ``edit``."""
    i = bisect.bisect_left(taken, edit.start, key=lambda t: t.start)
    # an earlier edit may reach over ours; chosen edits never overlap, so only the one before can
    yield from taken[max(0, i - 1) : i]
    while i < len(taken) and taken[i].start <= edit.end:
        yield taken[i]
        i += 1


def _overlap(a: Edit, b: Edit) -> bool:
    if a.start == a.end or b.start == b.end:  # an insertion collides only strictly inside a replacement
        point, span = (a, b) if a.start == a.end else (b, a)
        return span.start < point.start < span.end
    return a.start < b.end and b.start < a.end


def apply(text: bytes, edits: Iterable[Edit]) -> bytes:
    """Return ``text`` with ``edits`` (which must not overlap) made; bytes outside every span are untouched.

    Raises:
      ValueError: two edits overlap, or one lies outside the text.
    """
    out: list[bytes] = []
    at = 0
    for edit in ordered(edits):
        if edit.start < at or edit.end > len(text):
            raise ValueError(f"edit {edit.start}:{edit.end} overlaps another or leaves the text")
        out += (text[at : edit.start], edit.text)
        at = edit.end
    out.append(text[at:])
    return b"".join(out)


def ordered(edits: Iterable[Edit]) -> list[Edit]:
    """Edits in text order, without repeats; insertions come before a replacement that starts where they insert."""
    return sorted(dict.fromkeys(edits), key=_key)


class OffsetMap:
    """Maps byte offsets of an edited text back to the text before the edits."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._new: list[int] = []  # start of each replacement in the new text
        self._rows: list[tuple[int, int, int]] = []  # (old start, old end, new end)
        shift = 0
        for e in ordered(edits):
            new_start = e.start + shift
            self._new.append(new_start)
            self._rows.append((e.start, e.end, new_start + len(e.text)))
            shift += len(e.text) - (e.end - e.start)

    def back(self, offset: int) -> int:
        """The old offset of ``offset``; a place inside inserted text maps to the start of what it replaced."""
        i = bisect.bisect_right(self._new, offset) - 1
        if i < 0:
            return offset
        old_start, old_end, new_end = self._rows[i]
        if offset < new_end:
            return min(old_start + (offset - self._new[i]), old_end)
        return old_end + (offset - new_end)
