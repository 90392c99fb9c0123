"""Where the source of each cell stands in the JSON text of a notebook, and how to replace it without touching anything else.

Python's own decoder reads every value (at C speed); this module only walks the outer objects, to know the places.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from .json_spans import DECODER, elements, members, skip, value

# what one character of a JSON string can look like; a surrogate pair is one character
_PIECE = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|.", re.DOTALL)
_ASCII_STYLE = re.compile(r"\\u(?!00[01])[0-9a-fA-F]{4}")


class NotebookError(Exception):
    """A notebook cannot be read or written back; ``str()`` says why."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The value that holds a cell's source: characters ``start:end`` of the JSON text.

    ``elements`` are the places of the strings when the value is a list, None when it is one string. ``joiner`` goes between
    them: empty, or a newline in old notebooks that were written without line ends.
    """

    start: int
    end: int
    text: str
    elements: tuple[tuple[int, int], ...] | None
    lines: tuple[str, ...]
    joiner: str = ""


@dataclass(frozen=True, slots=True)
class RawCell:
    """A code cell: its number among all cells from 1, its source, and the language it says it is in (or an empty string)."""

    number: int
    slot: Slot
    language: str


@dataclass(slots=True)
class Document:
    """The code cells and the metadata of a notebook."""

    text: str
    cells: list[RawCell] = field(default_factory=list)
    metadata: dict[str, Any] = field(default_factory=dict)
    count: int = 0

    @classmethod
    def read(cls, text: str) -> Document:
        """Walk the JSON ``text`` (nbformat 2, 3 or 4).

        Raises:
          NotebookError: it is not JSON, or not the JSON of a notebook.
        """
        new = cls(text)
        try:
            start = skip(text, 0)
            if text[start : start + 1] != "{":
                raise NotebookError("it is not a notebook: the file does not start with '{'")
            end = skip(text, members(text, start, new._top))
        except json.JSONDecodeError as error:
            raise NotebookError(f"it is not valid JSON: {error}") from None
        except RecursionError:
            raise NotebookError("its JSON is nested too deeply to be read") from None
        if end != len(text):
            raise NotebookError(f"there is text after the end of the notebook (character {end})")
        return new

    def _top(self, key: str, at: int) -> int:
        if key == "cells" and self.text[at] == "[":
            self.cells.clear()
            self.count = 0
            return elements(self.text, at, self._cell)
        if key == "worksheets" and self.text[at] == "[":
            return elements(self.text, at, self._worksheet)
        found, end = value(self.text, at)
        if key == "metadata" and isinstance(found, dict):
            self.metadata = found
        return end

    def _worksheet(self, at: int) -> int:
        def member(key: str, start: int) -> int:
            if key == "cells" and self.text[start] == "[":
                return elements(self.text, start, self._cell)
            return value(self.text, start)[1]

        return members(self.text, at, member) if self.text[at] == "{" else value(self.text, at)[1]

    def _cell(self, at: int) -> int:
        self.count += 1
        if self.text[at] != "{":
            raise NotebookError(f"cell {self.count} is not a JSON object")
        values: dict[str, tuple[Any, int, int]] = {}

        def member(key: str, start: int) -> int:
            found, end = value(self.text, start)
            values[key] = (found, start, end)
            return end

        end = members(self.text, at, member)
        key = "source" if "source" in values else "input"
        if values.get("cell_type", ("",))[0] == "code" and key in values:
            metadata = values["metadata"][0] if "metadata" in values else None
            slot = self._slot(*values[key], old_style=key == "input")
            self.cells.append(RawCell(self.count, slot, _language(metadata, values.get("language", ("",))[0])))
        return end

    def _slot(self, found: object, start: int, end: int, old_style: bool) -> Slot:
        if isinstance(found, str):
            return Slot(start, end, found, None, (found,))
        if not isinstance(found, list) or not all(isinstance(line, str) for line in found):
            raise NotebookError(f"the source of cell {self.count} is neither text nor a list of lines")
        places: list[tuple[int, int]] = []

        def element(at: int) -> int:
            places.append((at, value(self.text, at)[1]))
            return places[-1][1]

        elements(self.text, start, element)
        joiner = "\n" if old_style and len(found) > 1 and not found[0].endswith(("\n", "\r")) else ""
        return Slot(start, end, joiner.join(found), tuple(places), tuple(found), joiner)

    def replaced(self, changes: list[tuple[Slot, str]]) -> str:
        """The JSON text in which each slot holds its new source; every other character is kept."""
        out: list[str] = []
        at = 0
        for slot, new in sorted(changes, key=lambda change: change[0].start):
            out += (self.text[at : slot.start], self._rendered(slot, new))
            at = slot.end
        return "".join([*out, self.text[at:]])

    def _rendered(self, slot: Slot, new: str) -> str:
        old = self.text[slot.start : slot.end]
        known = _known_lines(self.text, slot)
        ascii_only = _is_ascii_style(old, self.text)

        def token(part: str) -> str:
            return "".join(known.get(line) or json.dumps(line, ensure_ascii=ascii_only)[1:-1] for line in _lines(part))

        if slot.elements is None:
            return f'"{token(new)}"'
        parts = [f'"{token(part)}"' for part in _split(slot, new)]
        opening, comma, closing = _punctuation(self.text, slot)
        return f"[{opening}{comma.join(parts)}{closing}]" if parts else "[]"


def _language(metadata: object, language: object) -> str:
    """The language that a cell itself names: nbformat 3, or the metadata that editors add."""
    vscode = metadata.get("vscode") if isinstance(metadata, dict) else None
    named = vscode.get("languageId") if isinstance(vscode, dict) else language
    return named if isinstance(named, str) else ""


def _lines(text: str) -> list[str]:
    return [line for line in re.split(r"(?<=\n)", text) if line]


def _split(slot: Slot, new: str) -> list[str]:
    """Cut ``new`` into list elements in the way the old list was cut."""
    if slot.joiner:
        return new.split(slot.joiner) if new else []
    if list(slot.lines) != _lines(slot.text) and list(slot.lines) == slot.text.splitlines(True):
        return new.splitlines(True)
    return _lines(new)


def _known_lines(text: str, slot: Slot) -> dict[str, str]:
    """How each line of the old source is written in the JSON text, so that untouched lines keep their escapes."""
    known: dict[str, str] = {}
    for start, end in slot.elements if slot.elements is not None else ((slot.start, slot.end),):
        pieces = _PIECE.findall(text[start + 1 : end - 1])
        line: list[str] = []
        for piece in pieces:
            line.append(piece)
            if piece in ("\\n", "\n", "\\u000a", "\\u000A"):
                _remember(known, line)
                line = []
        _remember(known, line)
    return known


def _remember(known: dict[str, str], pieces: list[str]) -> None:
    written = "".join(pieces)
    known.setdefault(DECODER.decode(f'"{written}"'), written)


def _is_ascii_style(old: str, text: str) -> bool:
    """Whether new text beyond ASCII is to be escaped: as in this cell, else as in the whole notebook, else not."""
    for sample in (old, text):
        if not sample.isascii():
            return False
        if _ASCII_STYLE.search(sample):
            return True
    return False


def _punctuation(text: str, slot: Slot) -> tuple[str, str, str]:
    """What stands before, between and after the elements of a list."""
    places = slot.elements or ()
    if not places:
        return "", ", ", ""
    opening = text[slot.start + 1 : places[0][0]]
    closing = text[places[-1][1] : slot.end - 1]
    if len(places) > 1:
        return opening, text[places[0][1] : places[1][0]], closing
    return opening, "," + (opening or " "), closing
