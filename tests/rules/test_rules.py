"""Every rule does to its examples what its folder says, once and for all.

A case is a folder ``<CODE>/<case>`` with ``before.py`` and, where the text changes, ``after.py``. Without ``after.py`` the
text stays byte for byte, and the code is reported only if the name of the case starts with ``reports``.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tf2kit.migrate.discover import InputFile
from tf2kit.migrate.findings import FileResult
from tf2kit.migrate.options import Options
from tf2kit.migrate.rules import all_rules
from tf2kit.migrate.run import migrate

HERE = Path(__file__).parent
CASES = sorted(p.parent for p in HERE.glob("*/*/before.py"))
CHANGED = [c for c in CASES if (c / "after.py").exists()]
KEPT = [c for c in CASES if c not in CHANGED]
OPTIONS = Options(official="off", jobs=1)
# rules that act after the default mode of the official script only
SPECIAL = {code: Options(official="default", jobs=1) for code in ("SYM108", "OFC103")}


def name_of(case: Path) -> str:
    return f"{case.parent.name}/{case.name}"


def result_of(case: Path, path: str, raw: bytes) -> FileResult:
    return migrate([InputFile(path, raw)], SPECIAL.get(case.parent.name, OPTIONS)).files[0]


@pytest.mark.parametrize("case", CHANGED, ids=name_of)
def test_before_becomes_after_and_the_rule_says_so(case: Path) -> None:
    result = result_of(case, "before.py", (case / "before.py").read_bytes())
    assert result.after.decode() == (case / "after.py").read_text(encoding="utf-8")
    assert case.parent.name in {d.code for d in result.diagnostics}


@pytest.mark.parametrize("case", CHANGED, ids=name_of)
def test_after_is_python_3_and_a_second_run_changes_nothing(case: Path) -> None:
    after = (case / "after.py").read_bytes()
    ast.parse(after.decode())
    again = result_of(case, "after.py", after)
    assert again.after == after
    assert not [d for d in again.diagnostics if d.fixed]


@pytest.mark.parametrize("case", KEPT, ids=name_of)
def test_a_case_without_after_is_kept_and_reported_only_if_its_name_says_so(case: Path) -> None:
    before = (case / "before.py").read_bytes()
    result = result_of(case, "before.py", before)
    assert result.after == before
    reported = case.parent.name in {d.code for d in result.diagnostics}
    assert reported == case.name.startswith("reports")


CHECKED = [r.code for r in all_rules() if r.check is not None]


@pytest.mark.parametrize("code", CHECKED)
def test_every_rule_has_an_example_that_it_acts_on(code: str) -> None:
    acted = [c for c in CHANGED if c.parent.name == code]
    told = [c for c in KEPT if c.parent.name == code and c.name.startswith("reports")]
    assert acted or told, f"add tests/rules/{code}/<case>/before.py and after.py"


@pytest.mark.parametrize("code", CHECKED)
def test_every_rule_has_an_example_that_it_leaves_alone(code: str) -> None:
    kept = [c for c in KEPT if c.parent.name == code and not c.name.startswith("reports")]
    assert kept, f"add tests/rules/{code}/noop/before.py"
