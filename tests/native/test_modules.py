"""Programs of several modules: each case is a folder of cases/ whose ``before`` becomes ``after``, or is refused as ``refused.txt`` says.

    python -m tests.native.test_modules

writes what a folder lacks. Read it before you keep it: it is what the case promises from then on.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

import pytest
from tf2kit.migrate.findings import FileResult

from tests.laws.support import run

from .laws import faults, leftovers
from .test_cases import name_of

CASES = sorted(p.parent for p in (Path(__file__).parent / "cases").glob("*/before") if p.is_dir())
REFUSED = [c for c in CASES if c.name.startswith("refused_")]
LIFTED = [c for c in CASES if c not in REFUSED]


def texts(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*.py"))}


def lifted(files: Mapping[str, bytes]) -> dict[str, FileResult]:
    return run(files, level="native")


def refusal(results: Mapping[str, FileResult]) -> str:
    """Module, line and reason; an empty string where all was lifted."""
    said = [(path, d) for path, r in results.items() for d in r.diagnostics if d.code == "NAT501"]
    return "".join(f"{path}:{d.line}: {d.message.partition('stays on compat: ')[2]}\n" for path, d in said)


@pytest.mark.parametrize("case", LIFTED, ids=name_of)
def test_all_modules_of_a_program_are_lifted(case: Path) -> None:
    results = lifted(texts(case / "before"))
    assert refusal(results) == ""
    assert {path: r.after.decode() for path, r in results.items()} == {
        path: text.decode() for path, text in texts(case / "after").items()
    }


@pytest.mark.parametrize("case", REFUSED, ids=name_of)
def test_none_of_the_modules_is_lifted_where_one_cannot_be(case: Path) -> None:
    results = lifted(texts(case / "before"))
    assert refusal(results) == (case / "refused.txt").read_text(encoding="utf-8")
    assert {r.level for r in results.values()} == {"compat"}


@pytest.mark.parametrize("case", LIFTED, ids=name_of)
def test_what_comes_out_holds_the_laws(case: Path) -> None:
    before, after = texts(case / "before"), texts(case / "after")
    for path, text in after.items():
        ast.parse(text)
        assert leftovers(text.decode()) == []
        assert faults(text.decode()) - faults(before[path].decode()) == set()


@pytest.mark.parametrize("case", LIFTED, ids=name_of)
def test_a_second_run_changes_nothing(case: Path) -> None:
    after = texts(case / "after")
    assert {path: r.after for path, r in lifted(after).items()} == after


def main() -> None:
    for case in CASES:
        results = lifted(texts(case / "before"))
        if case in REFUSED and not (case / "refused.txt").exists():
            (case / "refused.txt").write_text(refusal(results), encoding="utf-8")
            print(f"{case.name}: {refusal(results)}".strip())
        if case in LIFTED and not (case / "after").exists():
            print(f"{case.name}: {refusal(results) or 'native'}".strip())
            for path, result in results.items():
                (case / "after" / path).parent.mkdir(parents=True, exist_ok=True)
                (case / "after" / path).write_bytes(result.after)


if __name__ == "__main__":
    main()
