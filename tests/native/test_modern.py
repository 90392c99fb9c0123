"""examples/modern and docs/coverage.md are what lifting gives today, hold the laws, and compute what TensorFlow 1.15 computed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from examples import coverage, goldens, native, programs
from tests.laws.support import legacy_texts, run
from tests.verify.zygote import Zygote

from .laws import faults, leftovers

MODERN = sorted(
    p.relative_to(native.MODERN).as_posix() for p in native.MODERN.rglob("*") if p.suffix in (".py", ".ipynb")
)
RECORDED = [name for name in goldens.names() if name in MODERN]


def script(path: Path) -> str:
    """The Python text of a program."""
    return programs.script_of(path) if path.suffix == ".ipynb" else path.read_text(encoding="utf-8")


def test_the_folder_holds_what_comes_out_today() -> None:
    committed = {
        p.relative_to(native.MODERN).as_posix(): p.read_bytes()
        for p in native.MODERN.rglob("*")
        if p.is_file() and p.suffix != ".pyc"
    }
    assert native.modern() == committed, "run `python -m examples.native`, look at what changed, and commit it"


@pytest.mark.parametrize("name", MODERN)
def test_a_native_program_holds_the_laws(name: str) -> None:
    text = script(native.MODERN / name)
    assert leftovers(text) == []
    assert faults(text) - faults(script(programs.LEGACY / name)) == set()


def test_a_second_run_changes_nothing_at_either_level() -> None:
    first = run(legacy_texts(), level="native")
    again = run({path: result.after for path, result in first.items()}, level="native")
    assert {path for path, result in again.items() if result.changed} == set()


def test_the_page_tells_what_is_native_today_and_nothing_waits_for_a_comparison() -> None:
    data = coverage.load()
    known = {row.name: row for row in data[coverage.LEGACY]}
    assert coverage.legacy_rows(known) == data[coverage.LEGACY], "run `make coverage` and commit docs"
    assert [row.name for rows in data.values() for row in rows if row.verdict == coverage.WAITS] == []
    assert coverage.PAGE.read_text(encoding="utf-8") == coverage.render(data)


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with Zygote() as execute:
        yield execute


@pytest.mark.slow
@pytest.mark.parametrize("name", RECORDED)
def test_a_native_program_is_proven_against_its_recording(name: str, zygote: Zygote) -> None:
    program = next(p for p in native.legacy() if p.name == name)
    found = coverage.compare(zygote, programs.LEGACY, program, recorded=goldens.path_of(name))
    assert found.verdict.proven, (found.verdict, found.why, found.warnings)
