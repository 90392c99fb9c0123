"""Whole programs to native TensorFlow 2, all of a program's modules or none: `lift` runs in a worker, `settle` decides.

A module can belong to several programs. It has one text, so where they would want different ones, they stay on compat together.
"""

from __future__ import annotations

import ast
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .draft import note
from .findings import Edit, FileResult, Finding, Severity
from .native import Refusal, lift_program
from .notebook import NotebookError
from .program import Program
from .rules.native import lifted, stays
from .rules.source import internal
from .source import SourceError
from .stages import options
from .work import Task, Work

_NEWS = "the program was lifted to TensorFlow 2"


@dataclass(frozen=True, slots=True)
class Lifting:
    """What became of one program.

    Attributes:
      entry: its entry point. results: its files when it was lifted, by path. bound: those that must not go to compat.
      refusal: what prevents it, on the original text of the file ``where``.
    """

    entry: str
    results: Mapping[str, FileResult] = field(default_factory=dict)
    bound: frozenset[str] = frozenset()
    refusal: Finding | None = None
    where: str = ""

    def refused(self, reason: str, where: str = "", start: int = 0, todo: str = "") -> Lifting:
        """The same program, staying on compat."""
        where = where or self.entry
        subject = "the program" if where == self.entry else f"the program {self.entry}"
        message = f"{subject} stays on compat: {reason}"
        finding = Finding(stays.CODE, message, start, start, severity=Severity.WARNING, todo=todo or stays.TODO)
        return Lifting(self.entry, refusal=finding, where=where)


def lift(task: Task) -> Lifting:
    """Lift one program. Whatever goes wrong is a refusal."""
    program = Lifting(task.file.path)
    works: dict[str, Work] = {}
    try:
        for member in task.members:
            work = works[member.file.path] = Work(member, options())
            work.begin()
            work.stage("runtime")
        return _lifted(program, works)
    except Refusal as refusal:
        return _refused(program, works, refusal)
    except NotebookError as error:
        return program.refused(f"the cells of its notebook cannot be kept ({error})")
    except (SyntaxError, SourceError) as error:
        return program.refused(f"what comes out would be no Python file ({error})")
    except Exception:
        return program.refused(internal.message(traceback.format_exc()), todo=internal.TODO)


def _lifted(program: Lifting, works: Mapping[str, Work]) -> Lifting:
    modules = {path: work.module for path, work in works.items()}
    texts = lift_program(modules)
    bound = {p for p, m in modules.items() if m.facts is not None and m.facts.tf_names}
    for path, work in works.items():
        old, new = work.draft.text, texts[path].encode("utf-8")
        if new != old:
            bound.add(path)
            work.draft.add(note(lifted.CODE, _NEWS), fixed=True)
            work.draft.advance(new, [Edit(0, len(old), new)])
    return Lifting(program.entry, {p: w.result("native") for p, w in works.items()}, frozenset(bound))


def _refused(program: Lifting, works: Mapping[str, Work], refusal: Refusal) -> Lifting:
    work = works.get(refusal.path)
    at = 0
    if work is not None and isinstance(refusal.node, ast.expr | ast.stmt):
        at = work.draft.origin(work.module.span(refusal.node)[0])
    return program.refused(refusal.reason, refusal.path, at, refusal.todo)


def settle(programs: Sequence[Program], outcomes: Mapping[str, Lifting | FileResult]) -> list[Lifting]:
    """The outcome of every program, such that no file has to be at two levels, nor has two texts."""
    found = {p.entry: _outcome(p, outcomes[p.entry]) for p in programs}
    while True:
        conflict = _conflict(programs, found)
        if conflict is None:
            return list(found.values())
        entry, reason = conflict
        found[entry] = found[entry].refused(reason)


def _outcome(program: Program, outcome: Lifting | FileResult) -> Lifting:
    if isinstance(outcome, Lifting):
        return outcome
    return Lifting(program.entry).refused("the process that worked on it died")


def _conflict(programs: Sequence[Program], found: Mapping[str, Lifting]) -> tuple[str, str] | None:
    """A lifted program that shares a file with one that is on compat, or that was lifted to another text; and a sentence."""
    users: dict[str, list[Lifting]] = {}
    for program in programs:
        for path in program.members:
            users.setdefault(path, []).append(found[program.entry])
    for path, sharing in users.items():
        for mine in sharing:
            for other in sharing:
                if mine is other or path not in mine.results:
                    continue
                if other.refusal is not None:
                    if path in mine.bound or path == other.entry:
                        return mine.entry, f"it shares {path} with {other.entry}, which stays on compat"
                elif mine.results[path].after != other.results[path].after:
                    return mine.entry, f"it shares {path} with {other.entry}, which needs another text there"
    return None
