"""Names as TensorFlow 1.15 made them unique; the expected ones were asked of it."""

from __future__ import annotations

from tf2kit.migrate.native.scopenames import ScopeNames


def test_names_are_numbered_whatever_their_case() -> None:
    names = ScopeNames()
    names.note("tf.reduce_mean", None)
    assert [names.unique("mean"), names.unique("MEAN"), names.unique("other")] == ["mean_1", "MEAN_2", "other"]


def test_a_scope_that_is_entered_again_is_another_one_unless_it_ends_with_a_slash() -> None:
    names = ScopeNames()
    found = []
    for scope in ("a", "a", "a/"):
        names.enter(scope)
        found.append(names.unique("x"))
        names.leave()
    assert found == ["a/x", "a_1/x", "a/x_1"]


def test_a_number_that_is_taken_is_left_out() -> None:
    names = ScopeNames()
    assert [names.unique(n) for n in ("x_1", "x", "x")] == ["x_1", "x", "x_2"]


def test_below_a_scope_of_unknown_name_no_prefix_is_known() -> None:
    names = ScopeNames()
    names.enter(None)
    names.enter("inner")
    assert names.prefix is None
    names.leave()
    names.leave()
    assert names.prefix == ""
