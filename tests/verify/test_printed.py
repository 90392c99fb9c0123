"""Numbers in printed lines."""

from __future__ import annotations

import math

import pytest
from tf2kit.migrate.verify.printed import Row, compare


def one(old: str, new: str) -> Row:
    (row,) = compare([old], [new])
    return row


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("loss 0.5", "loss 0.5"),
        ("[ 1. 2.]", "[1.0 2.0]"),
        ("loss 0.1234", "loss 0.1235"),
        ("a=1e-3", "a=0.001"),
        ("loss nan", "loss nan"),
        ("loss 0.5 (1.203 sec)", "loss 0.5 (0.7 sec)"),
        ("epoch 1 took 3.2s, loss 0.25", "epoch 1 took 9s, loss 0.25"),
    ],
)
def test_these_are_the_same(old: str, new: str) -> None:
    row = one(old, new)
    assert row.gap.error <= 1e-6
    assert row.count > 0
    assert not row.ignored


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("loss 0.5", "loss 0.4", 0.2),
        ("step 19", "step 20", 0.05),
        ("loss 0.1234", "loss 0.1237", 0.0024),
        ("loss 0.5", "loss nan", math.inf),
        ("accuracy 12", "accuracy 13", 1 / 13),
    ],
)
def test_these_are_not(old: str, new: str, error: float) -> None:
    assert one(old, new).gap.error == pytest.approx(error, rel=0.05)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("3.2 seconds", "time"),
        ("Time: 0:01:02.123", "time"),
        ("2019-03-04", "time"),
        ("saved in /tmp/model-20", "place"),
        ('Tensor("Mean:0", shape=(2, 3))', "place"),
        ("<object at 0x7f1234567890> 3", "place"),
        ("10/10 [=====] - loss: 0.5", "bar"),
    ],
)
def test_times_places_and_progress_bars_are_no_results(text: str, reason: str) -> None:
    assert reason in one(text, text).ignored


def test_a_line_that_one_side_does_not_print_is_a_difference() -> None:
    rows = list(compare(["a 1", "b 2", "c 3"], ["a 1", "c 3"]))
    assert [(row.old, row.new) for row in rows] == [(0, 0), (1, None), (2, 1)]
    assert rows[1].gap.error == math.inf
    assert [(r.old, r.new) for r in compare(["a 1"], ["a 1", "b 2"])] == [(0, 0), (None, 1)]


def test_a_program_that_was_stopped_lacks_its_last_lines() -> None:
    assert [row.gap.error for row in compare(["a 1", "b 2"], ["a 1"], cut_short=True)] == [0.0]
