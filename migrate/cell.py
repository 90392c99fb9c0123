"""One cell of a notebook that is running: migrated on its own, with what the cells before it have imported.

What is known is put in front of the cell as import statements in their migrated form, so every rule sees it, and taken off again. Lines
that rules add to those imports (`from tf2kit.compat import contrib as tf_contrib`) move to the top of the cell.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .discover import InputFile
from .facts import Facts
from .findings import Diagnostic
from .module import Module
from .notebook import Notebook, NotebookError
from .options import Options
from .stages import analyse, configure, transform
from .symbols import V1
from .work import Task

_PATH = "cell.ipynb"
_FUTURE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*from[ \t]+__future__[ \t]+import[^\n]*\n?")


@dataclass(frozen=True, slots=True)
class MigratedCell:
    """What became of a cell.

    Attributes:
      text: the new source. diagnostics: what was said; lines count from the cell's own.
      known: what each name stands for behind the cell, by name. eager: whether the program has chosen eager mode by now.
    """

    text: str
    diagnostics: tuple[Diagnostic, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)
    eager: bool = False


def migrate_cell(text: str, known: Mapping[str, str], eager: bool = False, alone: bool = False) -> MigratedCell:
    """Migrate a cell of a TensorFlow 1 notebook to the compat level. A cell that cannot be read comes back as it is.

    Args:
      text: the source, magics included.
      known: full (dotted) names that the cells before it have bound, by local name.
      eager: whether one of them has chosen eager mode.
      alone: the new text is for a kernel in which nothing was prepared: the cell that imports TensorFlow also chooses Keras 2.
    """
    before = [_statement(local, full) for local, full in known.items()]
    configure(Options(official="off", jobs=1))
    raw = _notebook(["\n".join(before), text] if before else [text])
    facts = analyse(Task(InputFile(_PATH, raw)))
    if not isinstance(facts, Facts):
        return MigratedCell(text, (), known, eager)
    eager = eager or bool(facts.switches & {"eager", "v2"})
    loaded = {full.split(".")[0] for full in known.values()} & {"tensorflow", "tf2kit"}
    _decide(facts, eager, known, alone and not loaded)
    result = transform(Task(InputFile(_PATH, raw), facts=facts))
    sources = _sources(result.after)
    added = [line for line in sources[0].split("\n") if line not in before] if before else []
    new = _with_lines(sources[-1], added)
    number = len(sources)
    told = tuple(d for d in result.diagnostics if d.cell == number)
    return MigratedCell(new, told, _known(result.after, known), eager)


def _statement(local: str, full: str) -> str:
    """The import that binds ``local`` to ``full``."""
    home, _, name = full.rpartition(".")
    if full == V1 or not home:
        return f"import {full} as {local}"
    return f"from {home} import {name} as {local}"


def _decide(facts: Facts, eager: bool, known: Mapping[str, str], entry: bool) -> None:
    """What `program.link` decides for the modules of a program."""
    facts.member = True
    facts.mode = "eager" if eager else "graph"
    facts.switched = bool(facts.switches) or V1 in known.values()
    facts.entry = facts.entry_legacy = entry


def _notebook(sources: list[str]) -> bytes:
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": source} for source in sources]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()


def _sources(notebook: bytes) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(notebook)["cells"]]


def _with_lines(text: str, lines: list[str]) -> str:
    """``text`` with ``lines`` on top, behind imports from ``__future__``."""
    if not lines:
        return text
    future = _FUTURE.match(text)
    at = future.end() if future else 0
    return text[:at] + "".join(line + "\n" for line in lines) + text[at:]


def _known(notebook: bytes, known: Mapping[str, str]) -> Mapping[str, str]:
    """What top-level names stand for at the end of the migrated text."""
    try:
        names = Module(_PATH, Notebook.read(_PATH, notebook).text).names
    except (NotebookError, SyntaxError):
        return known
    found = ((name, names.lookup(name, names.root, None)) for name in names.root.bindings)
    return {name: hit[0] for name, hit in found if hit is not None}
