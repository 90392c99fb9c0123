"""The story of a migration: read, find out who runs with whom, change each file stage by stage, check, hand back.

Nothing here writes a file or executes a line of the user's code.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from .discover import InputFile
from .facts import Facts
from .findings import FileResult, Finding
from .options import Options
from .pool import Pool
from .program import Program, Tree, link, scan_imports, star_exports
from .stages import analyse, transform
from .symbols import V1
from .work import Task

Progress = Callable[[int, int, str], None]
_GATE = b"tensorflow"


@dataclass(frozen=True, slots=True)
class ProgramSummary:
    """One TF 1 program: its entry point, the files that it runs and what it needs installed."""

    name: str
    level: str
    files: tuple[str, ...]
    needs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Result:
    """What became of all files, in the order given."""

    files: list[FileResult] = field(default_factory=list)
    programs: list[ProgramSummary] = field(default_factory=list)
    seconds: float = 0.0


def migrate(
    files: Sequence[InputFile],
    options: Options | None = None,
    progress: Progress | None = None,
    links: Mapping[tuple[str, str], str] | None = None,
    only: Collection[str] | None = None,
) -> Result:
    """Migrate texts in memory.

    Args:
      files: what `discover` found; display paths must be unique.
      options: see `Options`.
      progress: called with (done, total, path) after each step of a file.
      links: paths of files behind imports, by (path of the importing file, dotted name), where the caller knows them.
      only: paths of the files to change; the others are read, for what they say about these, and stay as they are.
    """
    options = options or Options()
    start = time.perf_counter()
    by_path = {f.path: f for f in files}
    tree = Tree(by_path, links)
    mentioning = {f.path for f in files if _mentions_tensorflow(f.raw)}
    with Pool(options, len(mentioning), progress) as pool:
        facts, early = _analyse_all(pool, by_path, tree, mentioning)
        programs = link(facts, tree)
        members = [path for path, f in facts.items() if f.member and (only is None or path in only)]
        done, findings = _lift_all(pool, by_path, facts, tree, programs, members) if _native(options) else ({}, {})
        compat = options.official != "default"
        tasks = [
            Task(by_path[p], tree.packages(p), _stars(p, facts, tree, compat), facts[p], tuple(findings.get(p, ())))
            for p in members
            if p not in done
        ]
        done |= {r.path: r for r in pool.map(transform, tasks)}
    results = [done.get(p) or early.get(p) or FileResult(p, f.raw, f.raw) for p, f in by_path.items()]
    return Result(results, [_summary(p, done) for p in programs], time.perf_counter() - start)


def _native(options: Options) -> bool:
    """Whether programs are to be lifted, which is a fix like others and can be left out by its code."""
    return options.level == "native" and options.wants("NAT500")


def _lift_all(
    pool: Pool,
    by_path: dict[str, InputFile],
    facts: dict[str, Facts],
    tree: Tree,
    programs: list[Program],
    members: list[str],
) -> tuple[dict[str, FileResult], dict[str, list[Finding]]]:
    """The files of programs that were lifted, and what is to be said about those of the others."""
    from . import lifting  # the compat level has no use for it

    def task(path: str, inside: tuple[Task, ...] = ()) -> Task:
        return Task(by_path[path], tree.packages(path), _stars(path, facts, tree), facts[path], members=inside)

    wanted = set(members)
    tasks = [task(p.entry, tuple(task(m) for m in p.members if m in wanted)) for p in programs]
    outcomes = dict(zip((p.entry for p in programs), pool.map(lifting.lift, tasks), strict=True))
    done: dict[str, FileResult] = {}
    findings: dict[str, list[Finding]] = {}
    for outcome in lifting.settle(programs, outcomes):
        done |= outcome.results
        if outcome.refusal is not None:
            findings.setdefault(outcome.where, []).append(outcome.refusal)
    return done, findings


def _mentions_tensorflow(raw: bytes) -> bool:
    """Whether a file can have to do with TensorFlow; also seen in UTF-16, which Python cannot run and which is reported."""
    return _GATE in raw or (raw[:2] in (b"\xff\xfe", b"\xfe\xff") and _GATE in raw.replace(b"\0", b""))


def _analyse_all(
    pool: Pool, by_path: dict[str, InputFile], tree: Tree, mentioning: set[str]
) -> tuple[dict[str, Facts], dict[str, FileResult]]:
    """Facts of every file that has TensorFlow in it, imports such a file or is imported by one; and results that are final already."""
    imports = {p: scan_imports(f.raw) for p, f in by_path.items() if f.error is None}
    links = {p: {h for n in names if (h := tree.find(p, n)) is not None} for p, names in imports.items()}
    wanted = _closure(mentioning | {p for p, f in by_path.items() if f.error is not None}, links)
    facts: dict[str, Facts] = {}
    early: dict[str, FileResult] = {}
    for outcome in pool.map(analyse, [Task(by_path[p], tree.packages(p)) for p in by_path if p in wanted]):
        if isinstance(outcome, Facts):
            facts[outcome.path] = outcome
        else:
            early[outcome.path] = outcome
    again = [Task(by_path[p], tree.packages(p), stars) for p in facts if (stars := _stars(p, facts, tree))]
    for outcome in pool.map(analyse, again):
        if isinstance(outcome, Facts):
            facts[outcome.path] = outcome
    return facts, early


def _closure(start: set[str], links: dict[str, set[str]]) -> set[str]:
    """Everything connected with ``start`` by imports, in either direction."""
    neighbours: dict[str, set[str]] = {}
    for path, targets in links.items():
        for target in targets:
            neighbours.setdefault(path, set()).add(target)
            neighbours.setdefault(target, set()).add(path)
    seen: set[str] = set()
    todo = list(start)
    while todo:
        path = todo.pop()
        if path not in seen:
            seen.add(path)
            todo.extend(neighbours.get(path, ()))
    return seen


def _stars(path: str, facts: dict[str, Facts], tree: Tree, compat: bool = False) -> dict[str, dict[str, str]]:
    """What each ``from m import *`` of a module brings; with ``compat``, once the tree is migrated."""
    found = {}
    for dotted in facts[path].stars:
        home = tree.find(path, dotted)
        found[dotted] = star_exports(home, facts, tree)
        migrated = compat and home is not None and home in facts and facts[home].member
        if migrated:  # that module will import it from there
            found[dotted] = {n: V1 if full == "tensorflow" else full for n, full in found[dotted].items()}
    return {dotted: names for dotted, names in found.items() if names}


def _summary(program: Program, done: dict[str, FileResult]) -> ProgramSummary:
    results = [done[m] for m in program.members if m in done]
    needs = tuple(sorted({n for r in results for n in r.needs}))
    level = done[program.entry].level if program.entry in done else "compat"
    return ProgramSummary(program.entry, level, tuple(sorted(r.path for r in results)), needs)
