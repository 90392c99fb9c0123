"""Edits that are made together: what is inserted next to what goes away, and positions carried back across edits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tf2kit.migrate import edits
from tf2kit.migrate.findings import Edit, Fix

from tests.laws.support import after, codes, one


def test_an_import_is_added_in_front_of_the_import_that_goes_away() -> None:
    result = one("from tensorflow.contrib import rnn\ncell = rnn.BasicLSTMCell(3)\n")
    assert "SRC004" not in codes(result)
    assert result.after.decode().endswith("\ncell = tf.nn.rnn_cell.BasicLSTMCell(3)\n")
    assert "import tensorflow.compat.v1 as tf\n" in result.after.decode()
    assert "contrib" not in result.after.decode()


def test_names_that_one_import_brings_move_together() -> None:
    text = (
        "from tensorflow.contrib.rnn import (  # cells\n    BasicLSTMCell,\n    LSTMCell,\n)\nBasicLSTMCell(LSTMCell)\n"
    )
    result = one(text)
    assert "SRC004" not in codes(result)
    assert b"contrib" not in result.after


@pytest.mark.parametrize("line", ["from tensorflow import layers", "from tensorflow.contrib import layers, rnn"])
def test_legacy_keras_is_chosen_before_anything_that_imports_tensorflow(line: str) -> None:
    lines = after(f"{line}\ny = layers.flatten(layers.dense(x, 3))\n").splitlines()
    assert lines[:2] == ["import os", 'os.environ["TF_USE_LEGACY_KERAS"] = "1"']


def test_an_insertion_comes_before_a_replacement_that_starts_at_its_place() -> None:
    assert edits.apply(b"abc", [Edit(1, 2, b"X"), Edit(1, 1, b"-")]) == b"a-Xc"


def test_insertions_at_one_place_keep_their_order() -> None:
    assert edits.apply(b"ab", [Edit(1, 1, b"1"), Edit(1, 1, b"2")]) == b"a12b"


def test_the_same_edit_twice_is_made_once() -> None:
    assert edits.apply(b"ab", [Edit(0, 1, b"x"), Edit(0, 1, b"x")]) == b"xb"


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        edits.apply(b"abcd", [Edit(0, 3, b""), Edit(2, 4, b"")])


def test_an_edit_outside_of_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="leaves the text"):
        edits.apply(b"ab", [Edit(1, 3, b"")])


def test_a_fix_whose_edits_overlap_an_earlier_one_waits_as_a_whole() -> None:
    first, second, third = (
        Fix((Edit(0, 4, b"x"),)),
        Fix((Edit(2, 3, b"y"), Edit(8, 9, b"y"))),
        Fix((Edit(8, 9, b"z"),)),
    )
    assert edits.select([first, second, third]) == ([first, third], [second])


_SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 6), st.binary(max_size=5)), max_size=8)


@given(st.binary(min_size=60, max_size=80), _SPANS)
def test_what_select_takes_can_always_be_applied(text: bytes, spans: list[tuple[int, int, bytes]]) -> None:
    fixes = [Fix((Edit(start, min(start + length, len(text)), new),)) for start, length, new in spans]
    chosen, refused = edits.select(fixes)
    edits.apply(text, [e for fix in chosen for e in fix.edits])
    assert len(chosen) + len(refused) == len(fixes)


@given(st.binary(min_size=70, max_size=80), _SPANS)
def test_a_byte_that_no_edit_touches_is_found_again_at_its_old_place(
    text: bytes, spans: list[tuple[int, int, bytes]]
) -> None:
    chosen, _ = edits.select(Fix((Edit(start, start + length, new),)) for start, length, new in spans)
    made = [e for fix in chosen for e in fix.edits]
    new = edits.apply(text, made)
    back = edits.OffsetMap(made).back
    touched = {i for e in made for i in range(e.start, e.end)}
    inserted = sum(len(e.text) for e in dict.fromkeys(made))
    kept = [back(i) for i in range(len(new))]
    assert [i for i in range(len(text)) if i not in touched] == sorted(set(kept) - touched) or inserted
    assert all(0 <= i <= len(text) for i in kept)
    assert kept == sorted(kept)
