"""Which call stands for which."""

from __future__ import annotations

from tf2kit.migrate.verify.align import align, lifted
from tf2kit.migrate.verify.items import latest
from tf2kit.migrate.verify.recording import Call, Recording, Variable
from tf2kit.migrate.verify.values import Value


def call(kind: str, line: int, *shapes: list[int]) -> Call:
    values = tuple(Value({"d": "<f4", "s": s, "b": ""}) for s in shapes)
    return Call(kind, ("p.py", line), False, False, tuple("abc"[: len(shapes)]), values)


def recording(*calls: Call, ended: str = "ended") -> Recording:
    return Recording(calls=list(calls), ended=ended)


def test_graph_programs_make_the_same_calls_in_order() -> None:
    old = recording(call("run", 1), call("run", 2, []), call("run", 3, []))
    new = recording(call("run", 9, []), call("run", 9, []))
    assert align(old, new).pairs == [(0, 0), (1, 1)]
    assert align(old, new).missing is None


def test_a_call_too_many_or_too_few_is_missing_on_the_other_side() -> None:
    two, three = recording(*[call("run", 1, [])] * 2), recording(*[call("run", 1, [])] * 3)
    assert align(three, two).missing == (2, None)
    assert align(two, three).missing == (None, 2)


def test_a_run_that_was_cut_short_misses_nothing() -> None:
    short = recording(call("run", 1, []), ended="capped")
    assert align(short, recording(*[call("run", 1, [])] * 3)).missing is None


def test_functions_stand_for_runs_by_line_and_values_that_are_plain_python_now_are_noted() -> None:
    loop = [call("run", 5, []), call("run", 6, [2])]
    old = recording(*loop, *loop, call("run", 8, [4, 4]))
    new = recording(*[call("function", 7, []), call("function", 8, [2]), call("apply", 8, [3])] * 2)
    assert lifted(old, new)
    found = align(old, new)
    assert found.pairs == [(0, 0), (1, 1), (2, 3), (3, 4)]
    assert found.notes == ["a call at line 8 of the old program without counterpart"]


def test_gradients_stand_for_runs_where_there_are_no_functions() -> None:
    old = recording(*[call("run", 5, [])] * 3)
    new = recording(*[call("gradient", 3, []), call("apply", 4, [3])] * 3)
    assert align(old, new).pairs == [(0, 0), (1, 2), (2, 4)]


def test_lines_that_are_called_much_more_often_are_not_counterparts() -> None:
    old, new = recording(call("run", 5, [])), recording(*[call("function", 3, [])] * 9)
    assert align(old, new).pairs == []
    assert len(align(old, new).notes) == 2


def test_of_variables_that_several_sessions_have_the_last_values_are_those_of_the_new_program() -> None:
    def named(name: str, number: float, got: str | None = None) -> Variable:
        return Variable(name, "weight", Value({"d": "<f4", "s": [], "v": [number]}), got=got)

    old = [named("w:0", 1), named("b:0", 2), named("w:0", 3), named("w:0", 4)]
    assert latest(old, [named("kernel:0", 4, got="w:0")]) == [old[1], old[3]]
    assert latest(old, [named("w:0", 3), named("w:0", 4)]) == [old[1], old[2], old[3]]
    assert latest(old, []) == old
