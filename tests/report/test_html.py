"""The page for the browser: what it says, that it needs nothing from outside, and that nothing of the user's text becomes markup."""

from __future__ import annotations

import dataclasses
import html.parser
import itertools
import re
from pathlib import Path

import pytest
from tf2kit.migrate.findings import FileResult
from tf2kit.migrate.report import html as page
from tf2kit.migrate.report.html import sides, view
from tf2kit.migrate.verify.model import Comparison, Curve, Divergence, Evidence, Place, Run, Verdict, Verification

from tests.report.sample import report


def comparison(old: str, verdict: Verdict, **more: object) -> Comparison:
    ran = (Run("new", "plain", "TensorFlow 2.21.0", 3.0, 3, "ended", 0),)
    base = Comparison(old, old, (), "TensorFlow 1.15.5", verdict, "The sentence.", 1e-4, Evidence(3), runs=ran)
    return dataclasses.replace(base, **more)  # type: ignore[arg-type]


def diverging() -> Verification:
    place = Place("train.py", 7, "sess.run(loss)")
    first = Divergence(2, "run", "loss:0", (0,), 0.5, 0.75, 0.33, 1e-4, place, place)
    curve = Curve("loss:0", (1, 2, 3), (1.0, 0.5, 0.25), (1.0, 0.75, float("nan")))
    train = comparison("train.py", Verdict.DIVERGES, divergence=first, curves=(curve,), largest_error=0.33)
    return Verification("0.1.0", (train, comparison("book.ipynb", Verdict.EQUAL)))


class _Page(html.parser.HTMLParser):
    """Tags with their attributes, ids, and the headings in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def values(self, attribute: str) -> list[str]:
        return [value for _, attrs in self.tags if (value := attrs.get(attribute)) is not None]


def test_the_page_loads_nothing_from_outside() -> None:
    text = page.render(report(), diverging())
    assert not re.search(r"https?://|url\(|@import", text)
    assert [v for v in _Page(text).values("src") + _Page(text).values("href") if not v.startswith(("#", "data:"))] == []


def test_every_link_inside_the_page_has_its_target_and_every_id_is_unique() -> None:
    parsed = _Page(page.render(report(), diverging()))
    ids = parsed.values("id")
    assert len(ids) == len(set(ids))
    assert {v[1:] for v in parsed.values("href") if v.startswith("#")} <= set(ids)
    labels = [part for v in parsed.values("aria-labelledby") for part in v.split()]
    assert set(labels) <= set(ids)


def test_headings_go_down_one_level_at_a_time() -> None:
    levels = [int(tag[1]) for tag, _ in _Page(page.render(report(), diverging())).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


def test_text_of_the_user_is_never_markup() -> None:
    evil = "<script>alert('x')</script>"
    bad = FileResult(f"{evil}.py", b"old\n", f"new {evil}\n".encode(), program=f"{evil}.py", level="compat")
    text = page.render(report(files=[bad], programs=()))
    assert "&lt;script&gt;" in text
    assert text.count("<script>") == 1  # ours


def test_without_a_verification_the_page_does_not_claim_that_anything_runs() -> None:
    shares = {s.name: s for s in view.page(report(), None).shares}
    assert shares["runs"].missing
    assert shares["proven"].missing
    assert "not known" in page.render(report())


def test_shares_count_programs_and_weigh_them_by_lines() -> None:
    shares = {s.name: s for s in view.page(report(), diverging()).shares}
    assert (shares["runs"].done, shares["runs"].total) == (2, 2)
    assert (shares["proven"].done, shares["nothing left"].done) == (1, 1)
    assert shares["proven"].percent == pytest.approx(50)


def test_the_first_difference_shows_both_values_and_their_lines() -> None:
    text = page.render(report(), diverging())
    assert "First difference: run, step 2" in text
    assert "sess.run(loss)" in text
    assert text.count("<svg") == 1
    assert "Old program: from 1 to 0.25 over 3 steps" in text


def test_what_is_left_comes_with_the_least_effort_first() -> None:
    todos = view.page(report(), None).todos
    assert [t.effort for t in todos] == ["a look", "by hand"]
    assert [len(t.places) for t in todos] == [1, 2]


def test_a_verification_alone_has_no_word_about_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.py").write_text("x = 1\n")
    Path("b.py").write_text("x = 2\n")
    only = Verification("0.1.0", (comparison("a.py", Verdict.EQUAL, new="b.py"),))
    shown = view.page(None, only)
    assert [s.name for s in shown.shares] == ["runs", "proven"]
    assert [f.path for f in shown.programs[0].files] == ["b.py"]
    assert page.render(None, only)


def test_changed_lines_stand_side_by_side_with_the_changed_characters_marked() -> None:
    found = sides.rows(b"a\nimport tensorflow as tf\nb\n", b"a\nimport tensorflow.compat.v1 as tf\nb\n")
    assert [row.kind for row in found] == ["same", "changed", "same"]
    assert found[1].new is not None
    assert [p.text for p in found[1].new.pieces if p.changed] == [".compat.v1"]


def test_unchanged_lines_far_from_a_change_are_a_gap() -> None:
    lines = [b"line %d\n" % i for i in range(40)]
    found = sides.rows(b"".join(lines), b"".join([*lines[:20], b"added\n", *lines[20:]]))
    assert [row.kind for row in found] == ["gap", *["same"] * 3, "added", *["same"] * 3, "gap"]
    assert (found[0].hidden, found[-1].hidden) == (17, 17)


def test_of_a_notebook_the_cells_are_compared() -> None:
    book = '{"cells": [{"cell_type": "code", "source": ["import %s\\n"]}]}'
    found = sides.rows((book % "a").encode(), (book % "b").encode(), notebook=True)
    assert [row.kind for row in found] == ["same", "changed"]


def test_the_command_that_makes_the_changes_is_named_only_before_they_are_made() -> None:
    assert "--write" in page.render(report())
    assert "--write" not in page.render(report(mode="output", output="new"))
