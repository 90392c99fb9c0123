"""A notebook as one Python text, and back.

All code cells of a Python notebook are joined, each after a marker line ``# %% tf2kit cell 3`` (cells of every kind are counted,
from 1). What is not Python is hidden: a magic, shell or help line becomes ``# tf2kit:magic:7`` (``pass  # tf2kit:magic:7`` when
it is indented, so that a block keeps its body); so does a cell in another language or a cell that cannot be read, as a whole.
Rules see plain Python and edit it like any module. `Notebook.encode` cuts the new text at the markers, puts the hidden pieces
back and replaces the source of changed cells in the JSON; every other byte of the file stays.

A hidden piece that itself needs a fix (``%tensorflow_version 1.x``, ``!pip install tensorflow==1.15``) has a second text. Its
finding's edit only appends ``:tf2`` to the marker, and `encode` then puts the second text back. So these fixes are selected,
ignored, shown and applied like any other.

Text that lands before the first marker, or in a cell that is hidden as a whole, moves to the top of the next cell with code.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .findings import Edit, Finding, Fix, Severity
from .notebook_cells import Cell, Mask, broken, mask_cell, readable
from .notebook_json import Document, NotebookError, Slot
from .rules.notebook import broken_cell, colab_version, pip_install
from .source import BOM, Source

__all__ = ["BrokenCell", "Notebook", "NotebookError", "is_notebook"]

_OTHER_KERNELS = re.compile(r"ir$|julia|bash|javascript|scala|ijava|xeus|r-|octave|matlab|sos", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class BrokenCell:
    """A cell that is hidden as a whole because it cannot be read. ``start:end`` is its place in the joined text."""

    cell: int
    message: str
    start: int
    end: int


def is_notebook(path: str, raw: bytes) -> bool:
    """Whether a file is a notebook: by its name, or by its content when the name says nothing."""
    if path.lower().endswith(".ipynb"):
        return True
    return not path.endswith(".py") and raw.lstrip(BOM)[:64].lstrip()[:1] == b"{" and b'"nbformat"' in raw


class Notebook:
    """A notebook.

    Attributes:
      path: as shown to the user.
      raw: the file as it is on disk.
      source: the joined text as a `Source`; ``source.text`` is what rules read.
      cells: the code cells.
      broken_cells: cells that are hidden because they cannot be read.
      skipped: why the notebook as a whole is left alone (its kernel is not Python), or an empty string.
    """

    def __init__(self, path: str, raw: bytes, document: Document, cells: tuple[Cell, ...], skipped: str) -> None:
        self.path = path
        self.raw = raw
        self.skipped = skipped
        self.cells = cells
        self._document = document
        self._tag = _free_tag(c.text for c in cells)
        self._heads: list[int] = []  # where each cell's marker line starts
        parts: list[bytes] = []
        size = 0
        for cell in cells:
            self._heads.append(size)
            parts.append(b"# %%%% %s cell %d\n" % (self._tag, cell.number) + cell.masked(self._tag) + b"\n")
            size += len(parts[-1])
        joined = b"".join(parts)
        self.source = Source(path, joined, joined)
        self.broken_cells = tuple(BrokenCell(c.number, c.error, *self._span(c, c.masks[0])) for c in cells if c.error)

    @classmethod
    def read(cls, path: str, raw: bytes, parses: Callable[[bytes], bool] = readable) -> Notebook:
        """Read the notebook ``raw``. A cell for which ``parses`` says no is hidden.

        Raises:
          NotebookError: it is not UTF-8, not JSON, or not a notebook.
        """
        body = raw[len(BOM) :] if raw.startswith(BOM) else raw
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise NotebookError(f"it is not UTF-8 ({error}); save it again from Jupyter") from None
        if not text.strip():
            return cls(path, raw, Document(text), (), "it is empty")
        document = Document.read(text)
        if language := _other_language(document):
            return cls(path, raw, document, (), f"its kernel is for {language}, not Python")
        new = cls(path, raw, document, _cells(document, parses), "")
        if new.text and not parses(new.text):  # every cell parses, but some only as Python 2 and some only as Python 3
            new = cls(path, raw, document, _cells(document, _python3), "")
        return new

    @property
    def text(self) -> bytes:
        """The joined text."""
        return self.source.text

    def encode(self, text: bytes) -> bytes:
        """The bytes of the notebook whose joined text became ``text``.

        Raises:
          NotebookError: a marker of a cell or of a hidden piece is missing, doubled or out of order, or text has no cell to go to.
        """
        if text == self.text:
            return self.raw
        changes: list[tuple[Slot, str]] = []
        carried, chunks = self._cut(text)
        for cell, chunk in zip(self.cells, chunks, strict=True):
            if cell.opaque:
                source, extra = cell.unmask_whole(chunk, self._tag)
                carried += extra
            else:
                if carried and cell.has_code:
                    chunk, carried = carried + chunk, b""  # noqa: PLW2901 - what was carried belongs to this chunk now
                source = cell.unmask(chunk, self._tag)
            if source != cell.text:
                changes.append((cell.slot, source))
        if carried.strip():
            raise NotebookError(
                "new lines have no code cell to go to; add an empty-looking cell such as `pass` and migrate again"
            )
        body = self._document.replaced(changes).encode("utf-8")
        return (BOM if self.raw.startswith(BOM) else b"") + body

    def _cut(self, text: bytes) -> tuple[bytes, list[bytes]]:
        """The text before the first marker, and the text of each cell."""
        markers = list(re.finditer(rb"^# %% " + self._tag + rb" cell (\d+)(\r\n|\r|\n)", text, re.MULTILINE))
        numbers = [int(m[1]) for m in markers]
        if numbers != [c.number for c in self.cells]:
            raise NotebookError(
                f"the borders of its cells were lost: expected {len(self.cells)} in order, found {numbers}"
            )
        chunks = []
        for i, marker in enumerate(markers):
            end = markers[i + 1].start() if i + 1 < len(markers) else len(text)
            chunks.append(text[marker.end() : end].removesuffix(marker[2]))
        before = text[: markers[0].start()] if markers else text
        before = before if before.strip() else b""
        return (before if not before or before.endswith((b"\n", b"\r")) else before + b"\n"), chunks

    def locate(self, offset: int) -> tuple[int, int, int]:
        """Cell number, line and column (all from 1, in characters of the original cell) of a byte offset of the joined text.

        Raises:
          ValueError: the notebook has no code cell.
        """
        if not self.cells:
            raise ValueError(f"{self.path} has no code cell")
        i = max(bisect_right(self._heads, offset) - 1, 0)
        cell = self.cells[i]
        before = cell.text[: cell.original(offset - self._body(i), self._tag)]
        lines = re.split(r"\r\n|\r|\n", before)
        return cell.number, len(lines), len(lines[-1]) + 1

    def findings(self) -> list[Finding]:
        """What to say about hidden pieces (NBK5xx). Spans, and the edits of fixes, are on the joined text."""
        found: list[Finding] = []
        for cell in self.cells:
            for mask in cell.masks:
                found += _about(cell, mask, *self._span(cell, mask))
        return found

    def _body(self, i: int) -> int:
        return self.text.index(b"\n", self._heads[i]) + 1

    def _span(self, cell: Cell, mask: Mask) -> tuple[int, int]:
        start = self._body(self.cells.index(cell)) + cell.place(mask, self._tag)
        return start, start + len(mask.marker(self._tag))


def _python3(text: bytes) -> bool:
    """Whether ``text`` is Python 3 as it stands."""
    return broken(text) is None


def _cells(document: Document, parses: Callable[[bytes], bool]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    label = 0
    at_start = True
    for raw in document.cells:
        cell, at_start = mask_cell(raw, label, at_start, parses)
        label += len(cell.masks)
        cells.append(cell)
    return tuple(cells)


def _free_tag(texts: Iterable[str]) -> bytes:
    """A word for the markers that occurs in no cell next to the signs that markers use."""
    everything = "\n".join(texts)
    tag = "tf2kit"
    while f"%% {tag} cell " in everything or f"# {tag}:magic:" in everything:
        tag += "_"
    return tag.encode()


def _other_language(document: Document) -> str:
    """The language of the kernel when it is named and not Python."""
    info = document.metadata.get("language_info")
    kernel = document.metadata.get("kernelspec")
    for named in (
        info.get("name") if isinstance(info, dict) else None,
        kernel.get("language") if isinstance(kernel, dict) else None,
    ):
        if isinstance(named, str) and named:
            return "" if "python" in named.lower() else named
    name = kernel.get("name") if isinstance(kernel, dict) else None
    return name if isinstance(name, str) and _OTHER_KERNELS.match(name) else ""


def _about(cell: Cell, mask: Mask, start: int, end: int) -> list[Finding]:
    """Findings about one hidden piece."""
    fix = Fix((Edit(end, end, b":tf2"),)) if mask.modern is not None else None
    if cell.error:
        return [
            Finding(
                broken_cell.CODE,
                f"cell {cell.number} cannot be read and is left as it is: {cell.error}",
                start,
                end,
                severity=Severity.WARNING,
                todo="Repair the cell, or make it a text cell, and migrate again.",
            )
        ]
    if mask.code == colab_version.CODE:
        return [Finding(mask.code, "Colab no longer has TensorFlow 1; the line becomes a comment", start, end, fix)]
    if mask.code == pip_install.CODE:
        todo = (
            "Remove other pins of the line that belong to TensorFlow 1 (keras, numpy, h5py, tensorflow-probability, …)."
        )
        if fix is None:
            todo = f"Install with pip instead: pip install '{pip_install.TARGET}'."
        return [
            Finding(mask.code, "TensorFlow 1 cannot be installed on a supported Python", start, end, fix, todo=todo)
        ]
    return []
