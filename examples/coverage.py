"""Which programs become native, and what `tf2kit verify` says about them: `python -m examples.coverage` writes docs/coverage.md.

    python -m examples.coverage [--all] [--public FOLDER]

Each native program of examples/legacy is compared with its recording of TensorFlow 1.15. ``--public`` does the same for the programs
that public.json lists, with their repositories laid as folders ``<owner>+<name>`` below FOLDER; there the old program runs under
`tf2kit run`. What was proven before and has not changed is not compared again, unless ``--all`` asks for it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from tf2kit.migrate.verify import recording
from tf2kit.migrate.verify.child import Execute
from tf2kit.migrate.verify.lab import Options
from tf2kit.migrate.verify.model import Comparison
from tf2kit.migrate.verify.pairs import unmigrated
from tf2kit.migrate.verify.stage import Program
from tf2kit.migrate.verify.verify import verify

from tests.verify.zygote import Zygote

from . import goldens, native, programs

ROOT = programs.LEGACY.parents[1]
PAGE = ROOT / "docs" / "coverage.md"
DATA = ROOT / "docs" / "coverage.json"
PUBLIC = Path(__file__).with_name("public.json")
# public programs run for hours; what they compute in their first steps tells as much, and public.json has fewer for those whose
# rounding grows faster
STEPS = 30
LEGACY, OTHERS = "examples/legacy", "Public programs"
WAITS, NOT_RUN = "not compared yet", "lifted, not run"
_HEAD = """# What becomes native

Made by `make coverage`: every program below went through `tf2kit migrate --to native`. One that was lifted is compared by `tf2kit verify`
with the old program, step by step; one that was not stays on compat because of the line that is named.

The old programs of examples/legacy were recorded on TensorFlow 1.15. Public programs run as they are, under `tf2kit run`, for
up to {steps} training steps; those that need data of their own or more than their script are lifted, and not run.

"""


@dataclass(frozen=True, slots=True)
class Row:
    """One program. ``digest`` is of its native text and empty when it stays on compat; ``proven`` is for ``verdict``."""

    name: str
    digest: str = ""
    where: str = ""
    reason: str = ""
    verdict: str = ""
    proven: bool = False
    evidence: str = ""


def row_of(name: str, program: native.Lifted, known: Mapping[str, Row]) -> Row:
    """A program with the verdict that it had, if it has not changed."""
    if not program.files:
        return Row(name, where=program.where, reason=program.reason)
    digest = hashlib.sha256(b"\0".join(t for _, t in sorted(program.files.items()))).hexdigest()[:16]
    before = known.get(name)
    return before if before is not None and before.digest == digest else Row(name, digest, verdict=WAITS)


def judged(row: Row, found: Comparison) -> Row:
    """A row with the outcome of a comparison."""
    e = found.evidence
    counts = ((e.runs, "runs"), (e.weights, "weights"), (e.printed, "printed lines"))
    evidence = ", ".join(f"{n:,} {what}" for n, what in counts if n)
    lines = found.why.strip().split("\n") if not found.verdict.proven else [""]
    why = ": ".join(dict.fromkeys([lines[0].rstrip(":"), lines[-1]]))  # of a traceback, the error
    return Row(row.name, row.digest, "", why, found.verdict.value, found.verdict.proven, evidence)


def compare(
    execute: Execute,
    home: Path,
    program: native.Lifted,
    arguments: Sequence[str] = (),
    recorded: Path | None = None,
    steps: int = 0,
) -> Comparison:
    """Compare a program with what was recorded on 1.15, or with itself under `tf2kit run`; each starts in an empty folder.

    Keras draws other numbers than TensorFlow 1. Where a recording lacks the run with fixed random numbers that this calls for, the
    second comparison decides: that the old program under `tf2kit run` computes what was recorded is tested elsewhere.
    """
    with tempfile.TemporaryDirectory() as scratch:
        new, empty = Path(scratch) / "new", Path(scratch) / "empty"
        empty.mkdir()
        for name, text in program.files.items():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            (new / name).write_bytes(text)
        old = Program(home / program.name, empty, program.name)
        after = Program(new / program.name, empty, program.name)
        if recorded is not None:
            reference = recording.read(recorded)
            found = verify(old, after, (), Options(recorded=reference), execute)
            if found.verdict.proven or reference.variant(neutral=True) is not None:
                return found
        return verify(unmigrated(old), after, tuple(arguments), Options(steps=steps), execute)


def legacy_rows(known: Mapping[str, Row]) -> list[Row]:
    """The programs of examples/legacy as they are now; no comparison is made."""
    return [row_of(p.name, p, known) for p in native.legacy()]


def prove_legacy(execute: Execute, known: Mapping[str, Row]) -> Iterator[Row]:
    """The programs of examples/legacy, each native one with a verdict; that in Python 2 has no recording."""
    for row, program in zip(legacy_rows(known), native.legacy(), strict=True):
        recorded = None if row.name in goldens.LEFT_OUT else goldens.path_of(row.name)
        if row.digest and not row.proven:
            row = judged(row, compare(execute, programs.LEGACY, program, recorded=recorded))  # noqa: PLW2901
        yield row


def prove_public(execute: Execute, folder: Path, known: Mapping[str, Row]) -> Iterator[Row]:
    """The public programs, each native one that can be run alone with a verdict."""
    for repository in json.loads(PUBLIC.read_bytes())["repositories"]:
        home = folder / repository["name"].replace("/", "+")
        found = native.lift(home)
        for entry in repository["programs"]:
            path, arguments = entry["path"], entry.get("arguments", [])
            program = min((p for p in found if path in p.modules), key=lambda p: p.name != path)
            title = " ".join([f"{repository['name']}@{repository['commit'][:7]}/{path}", *arguments])
            row = row_of(title, program, known)
            if not row.digest or row.proven:
                yield row
            elif entry.get("alone", True):
                yield judged(row, compare(execute, home, program, arguments, steps=entry.get("steps", STEPS)))
            else:
                yield replace(row, verdict=NOT_RUN)


def shown(rows: Iterable[Row], known: Mapping[str, Row]) -> list[Row]:
    """The rows, each printed when it is new."""
    done = []
    for row in rows:
        if row.digest and row != known.get(row.name):
            programs.show(f"{row.name:60} {row.verdict} {row.reason}")
        done.append(row)
    return done


def render(data: Mapping[str, list[Row]]) -> str:
    """The page."""
    return _HEAD.format(steps=STEPS) + "\n".join(_section(title, rows) for title, rows in data.items() if rows)


def _section(title: str, rows: list[Row]) -> str:
    lifted = [r for r in rows if r.digest]
    proven = sum(r.proven for r in lifted)
    head = f"## {title}: {len(lifted)} of {len(rows)} native, {proven} of them proven\n\n"
    table = "| program | level | verdict, or what prevents it |\n|---|---|---|\n"
    return head + table + "".join(_line(row) for row in rows)


def _line(row: Row) -> str:
    if not row.digest:
        return f"| {row.name} | compat | {row.where.rpartition('/')[2]}: {native.cell(row.reason)} |\n"
    told = "; ".join(native.cell(t) for t in (row.evidence, row.reason) if t)
    return f"| {row.name} | native | {row.verdict}{f' ({told})' if told else ''} |\n"


def load() -> dict[str, list[Row]]:
    """What docs/coverage.json has, by section."""
    if not DATA.is_file():
        return {}
    sections: dict[str, Any] = json.loads(DATA.read_bytes())
    return {title: [Row(**row) for row in rows] for title, rows in sections.items()}


def save(data: Mapping[str, list[Row]]) -> None:
    """Write the data and the page."""
    DATA.parent.mkdir(exist_ok=True)
    sections = {title: [asdict(row) for row in rows] for title, rows in data.items()}
    DATA.write_text(json.dumps(sections, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(render(data), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="compare again what was proven and has not changed")
    parser.add_argument("--public", type=Path, metavar="FOLDER", help="also the programs of public.json")
    args = parser.parse_args()
    data = load()
    known = {title: {} if args.all else {r.name: r for r in rows} for title, rows in data.items()}
    with Zygote() as execute:
        data[LEGACY] = shown(prove_legacy(execute, known.get(LEGACY, {})), known.get(LEGACY, {}))
        save(data)
        if args.public is not None:
            data[OTHERS] = shown(prove_public(execute, args.public, known.get(OTHERS, {})), known.get(OTHERS, {}))
            save(data)


if __name__ == "__main__":
    main()
