"""One code cell with its non-Python pieces hidden behind markers, and back."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass

from . import magics
from .notebook_json import NotebookError, RawCell, Slot
from .rules.notebook import colab_version, pip_install


@dataclass(frozen=True, slots=True)
class Mask:
    """A hidden piece: characters ``start:end`` of the cell. ``modern`` replaces it when its finding is fixed."""

    label: int
    hidden: magics.Hidden
    text: str
    code: str = ""
    modern: str | None = None

    def marker(self, tag: bytes) -> bytes:
        """What stands for the piece in the joined text."""
        return (b"pass  # %s:magic:%d" if self.hidden.indented else b"# %s:magic:%d") % (tag, self.label)


@dataclass(frozen=True, slots=True)
class Cell:
    """A code cell; ``error`` says why it could not be read, and is empty for all others."""

    number: int
    slot: Slot
    text: str
    masks: tuple[Mask, ...]
    error: str = ""

    @property
    def opaque(self) -> bool:
        """Whether the cell is hidden as a whole."""
        return bool(self.masks) and self.masks[0].hidden.opaque

    @property
    def has_code(self) -> bool:
        """Whether the cell has a line that is neither hidden nor blank nor a comment."""
        shown = self._shown()
        return not self.opaque and any(re.search(r"^[ \t]*[^#\s]", part, re.MULTILINE) for part in shown)

    def _shown(self) -> list[str]:
        """The stretches of text between the masks."""
        places = [0, *(p for m in self.masks for p in (m.hidden.start, m.hidden.end)), len(self.text)]
        return [self.text[a:b] for a, b in zip(places[::2], places[1::2], strict=True)]

    def masked(self, tag: bytes) -> bytes:
        """The text that rules see."""
        shown = [part.encode("utf-8") for part in self._shown()]
        out = shown[:1]
        for mask, part in zip(self.masks, shown[1:], strict=True):
            out += (mask.marker(tag), part)
        return b"".join(out)

    def place(self, mask: Mask, tag: bytes) -> int:
        """Byte offset of the marker of ``mask`` in `masked`."""
        return _sizes(self._shown(), self.masks, tag)[self.masks.index(mask)]

    def original(self, offset: int, tag: bytes) -> int:
        """The character of ``text`` that byte ``offset`` of `masked` comes from; places in a marker give the start of the piece."""
        at = 0  # in characters
        byte = 0
        for shown, mask in zip(self._shown(), (*self.masks, None), strict=True):
            size = len(shown.encode("utf-8"))
            if offset < byte + size or mask is None:
                return at + len(shown.encode("utf-8")[: max(offset - byte, 0)].decode("utf-8", "ignore"))
            byte += size + len(mask.marker(tag))
            if offset < byte:
                return mask.hidden.start
            at = mask.hidden.end
        raise AssertionError("the last stretch ends the search")

    def unmask(self, chunk: bytes, tag: bytes) -> str:
        """The source for a new `masked` text.

        Raises:
          NotebookError: a marker is missing, doubled or out of order.
        """
        pattern = re.compile(rb"(?:pass  )?# " + tag + rb":magic:(\d+)(:tf2)?(?!\d)")
        found = list(pattern.finditer(chunk))
        if [int(m[1]) for m in found] != [m.label for m in self.masks]:
            raise NotebookError(f"a magic line of cell {self.number} was lost or moved")
        out: list[str] = []
        at = 0
        for mask, place in zip(self.masks, found, strict=True):
            before = chunk[at : place.start()].decode("utf-8")
            back = mask.modern if place[2] and mask.modern is not None else mask.text
            at = place.end()
            if mask.hidden.cell_magic and before.strip() and before.strip() != self._before(mask).strip():
                newline = re.match(rb"\r\n|\r|\n", chunk[at:])  # a cell magic must stay first
                out += (back, newline[0].decode() if newline else "\n", before.rstrip(" \t"))
                at += len(newline[0]) if newline else 0
            else:
                out += (before, back)
        return "".join([*out, chunk[at:].decode("utf-8")])

    def _before(self, mask: Mask) -> str:
        return self._shown()[self.masks.index(mask)]

    def unmask_whole(self, chunk: bytes, tag: bytes) -> tuple[str, bytes]:
        """The source of an opaque cell, and lines that were added around its marker.

        Raises:
          NotebookError: the marker is missing or doubled.
        """
        mask = self.masks[0]
        found = re.findall(rb"# " + tag + rb":magic:(\d+)(:tf2)?(?!\d)", chunk)
        if [int(label) for label, _ in found] != [mask.label]:
            raise NotebookError(f"the place of cell {self.number}, which is not Python, was lost")
        before, after = re.split(rb"# " + tag + rb":magic:\d+(?::tf2)?", chunk)
        extra = b"".join(part.strip(b"\r\n") + b"\n" for part in (before, after) if part.strip())
        return (mask.modern if found[0][1] and mask.modern is not None else mask.text), extra


def _sizes(shown: list[str], masks: tuple[Mask, ...], tag: bytes) -> list[int]:
    """Byte offsets of the markers."""
    places: list[int] = []
    at = 0
    for part, mask in zip(shown, masks, strict=False):
        at += len(part.encode("utf-8"))
        places.append(at)
        at += len(mask.marker(tag))
    return places


def mask_cell(raw: RawCell, label: int, at_start: bool, parses: Callable[[bytes], bool]) -> tuple[Cell, bool]:
    """Hide what is not Python in a cell. Labels of hidden pieces count from ``label`` + 1; see `magics.find` for ``at_start``."""
    text = raw.slot.text
    if raw.language and "python" not in raw.language.lower():
        return _whole(raw, label, ""), at_start
    found, still_at_start = magics.find(text, at_start)
    masks = tuple(_mask(label + i, h, text[h.start : h.end]) for i, h in enumerate(found, 1))
    cell = Cell(raw.number, raw.slot, text, masks)
    if cell.opaque:
        return cell, still_at_start
    try:
        shown = cell.masked(b"tf2kit")
    except UnicodeEncodeError:
        return _whole(raw, label, "it holds half a character (a lone surrogate)"), at_start
    if shown.strip() and not parses(shown):
        return _whole(raw, label, broken(shown) or "it is not Python"), at_start
    return cell, still_at_start


def _whole(raw: RawCell, label: int, error: str) -> Cell:
    text = raw.slot.text
    return Cell(raw.number, raw.slot, text, (Mask(label + 1, magics.whole(text), text),), error)


def _mask(label: int, hidden: magics.Hidden, text: str) -> Mask:
    modern = colab_version.rewrite(text, hidden.indented)
    if modern is not None:
        return Mask(label, hidden, text, colab_version.CODE, modern)
    if hidden.opaque and not re.match(r"\s*(?:#.*\s+)*%%(?:bash|sh|shell|script|system|sx|zsh|!)", text):
        return Mask(label, hidden, text)
    modern = pip_install.rewrite(text)
    if modern is not None or pip_install.needs_a_person(text):
        return Mask(label, hidden, text, pip_install.CODE, modern)
    return Mask(label, hidden, text)


def broken(text: bytes) -> str | None:
    """Why ``text`` is not Python 3, in a sentence with the line; None when it is."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text.decode("utf-8"))  # as text: a coding comment in a cell means nothing
    except SyntaxError as error:
        return f"{error.msg} (line {error.lineno})"
    except (ValueError, RecursionError, MemoryError) as error:
        return f"{error}"
    return None


def readable(text: bytes) -> bool:
    """Whether ``text`` is Python 3, or Python 2 that `python2` can bring to Python 3."""
    if broken(text) is None:
        return True
    from .python2 import upgrade  # only needed for text that is not Python 3

    try:
        return broken(upgrade(text).text) is None
    except (ValueError, RecursionError):
        return False
