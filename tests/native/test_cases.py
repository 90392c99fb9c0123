"""Each case of lifting, one idea in a folder of cases/: ``before.py`` becomes ``after.py``, or is refused as ``refused.txt`` says.

A program of several modules is a folder ``before``, and so is what becomes of it; see test_modules.py.

    python -m tests.native.test_cases

writes what a folder lacks. Read it before you keep it: it is what the case promises from then on.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tf2kit.migrate.findings import FileResult

from tests.laws.support import one

from .laws import faults, leftovers

CASES = sorted(p.parent for p in (Path(__file__).parent / "cases").glob("*/before.py"))
REFUSED = [c for c in CASES if c.name.startswith("refused_")]
LIFTED = [c for c in CASES if c not in REFUSED]


def name_of(case: Path) -> str:
    return case.name.replace("_", " ")


def lifted(text: bytes) -> FileResult:
    """A program at the native level."""
    return one(text, "before.py", level="native")


def refusal(result: FileResult) -> str:
    """Line and reason, or an empty string."""
    said = [d for d in result.diagnostics if d.code == "NAT501"]
    return "".join(f"{d.line}: {d.message.partition('stays on compat: ')[2]}\n" for d in said)


@pytest.mark.parametrize("case", LIFTED, ids=name_of)
def test_a_program_is_lifted(case: Path) -> None:
    result = lifted((case / "before.py").read_bytes())
    assert refusal(result) == ""
    assert result.after.decode() == (case / "after.py").read_text(encoding="utf-8")
    assert result.level == "native"


@pytest.mark.parametrize("case", REFUSED, ids=name_of)
def test_a_program_is_refused_with_line_and_reason_and_goes_to_compat(case: Path) -> None:
    result = lifted((case / "before.py").read_bytes())
    assert refusal(result) == (case / "refused.txt").read_text(encoding="utf-8")
    assert result.level == "compat"
    assert b"disable_v2_behavior()" in result.after


@pytest.mark.parametrize("case", LIFTED, ids=name_of)
def test_what_comes_out_holds_the_laws(case: Path) -> None:
    before, after = ((case / f"{side}.py").read_text(encoding="utf-8") for side in ("before", "after"))
    ast.parse(after)
    assert leftovers(after) == []
    assert faults(after) - faults(before) == set()


@pytest.mark.parametrize("case", LIFTED, ids=name_of)
def test_a_second_run_changes_nothing(case: Path) -> None:
    after = (case / "after.py").read_bytes()
    again = lifted(after)
    assert again.after == after
    assert again.left == []


def main() -> None:
    for case in CASES:
        result = lifted((case / "before.py").read_bytes())
        wanted = "refused.txt" if case in REFUSED else "after.py"
        text = refusal(result).encode() if case in REFUSED else result.after
        if not (case / wanted).exists():
            (case / wanted).write_bytes(text)
            print(f"{case.name}/{wanted}: {refusal(result) or 'native'}".strip())


if __name__ == "__main__":
    main()
