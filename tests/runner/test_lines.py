"""Migrated code has the lines of the user's file."""

from __future__ import annotations

import ast
import sys
import traceback

import pytest

from tf2kit.runner.lines import code_of, line_map, placed

OLD = b"import sys\ndef f():\n    return (1,\n            old(2) / 0)\n\nclass C:\n    x = 1\n"
NEW = b"import os\nimport sys\ndef f():\n    return (1,\n            much_longer_name(2) / 0)\n\nclass C:\n    x = 1\n"


def test_inserted_lines_stand_for_the_line_that_they_were_put_before() -> None:
    assert line_map([b"a", b"b", b"c"], [b"a", b"x", b"y", b"b", b"c"]) == [1, 1, 2, 2, 2, 3]


def test_lines_that_became_more_or_fewer_stay_within_those_that_they_replace() -> None:
    assert line_map([b"a", b"b", b"c"], [b"a", b"x", b"y", b"z", b"c"]) == [1, 1, 2, 2, 2, 3]
    assert line_map([b"a", b"b", b"c", b"d"], [b"a", b"x", b"d"]) == [1, 1, 2, 4]
    assert line_map([b"a", b"b"], [b"b", b"end"]) == [1, 2, 2]


def test_code_has_the_first_lines_of_the_original() -> None:
    names: dict[str, object] = {}
    exec(code_of(NEW, OLD, "a.py"), names)
    assert names["f"].__code__.co_firstlineno == 2  # type: ignore[attr-defined]


def test_places_in_a_changed_line_are_the_whole_line_and_others_stay() -> None:
    nodes = {
        type(n).__name__: n for n in ast.walk(placed(NEW, OLD)) if isinstance(n, ast.BinOp | ast.ClassDef | ast.Return)
    }
    where = {k: (n.lineno, n.col_offset, n.end_lineno, n.end_col_offset) for k, n in nodes.items()}
    assert where == {"BinOp": (4, 12, 4, 23), "ClassDef": (6, 0, 7, 9), "Return": (3, 4, 4, 23)}


@pytest.mark.skipif(sys.version_info < (3, 11), reason="older tracebacks have no columns")
def test_a_traceback_underlines_nothing_in_a_line_that_was_changed() -> None:
    names: dict[str, object] = {"much_longer_name": int}
    code = code_of(b"x = much_longer_name('no')\n", b"x = int('no')\n", "a.py")
    with pytest.raises(ValueError, match="invalid literal") as raised:
        exec(code, names)
    frame = traceback.extract_tb(raised.value.__traceback__)[-1]
    assert (frame.lineno, frame.colno, frame.end_colno) == (1, 0, len("x = int('no')"))
