"""The page for people, and the pages of verdicts."""

from __future__ import annotations

from tf2kit.migrate.verify.model import Verdict, Verification
from tf2kit.migrate.verify.pages import PAGES, page
from tf2kit.migrate.verify.text import Style, render

from .sample import EQUAL, SAMPLE


def test_a_divergence_shows_both_lines() -> None:
    text = render(SAMPLE)
    assert "net.py → new/net.ipynb: diverges\n" in text
    assert "    old  net.py:12  _, l = sess.run([train, loss], feed)\n" in text
    assert "    new  new/net.ipynb:cell 4:3  l = train_step(x, y)\n" in text
    assert text.endswith("1 of 2 programs proven.\n")


def test_quiet_leaves_out_what_is_proven() -> None:
    assert render(Verification("1", (EQUAL,)), Style(quiet=True)) == ""
    assert "a.py" not in render(SAMPLE, Style(quiet=True))


def test_verbose_lists_runs_weights_and_calls() -> None:
    text = render(SAMPLE, Style(verbose=True))
    assert "Run: new, plain, TensorFlow 2.21.0, Python 3.11.9: capped after 2 steps" in text
    assert "Initial: b:0 [4]: missing" in text
    assert "Call 2: run, 1 number, difference 2.0e-01, noise 1.0e-06" in text


def test_every_verdict_has_a_page_that_says_whether_it_is_a_proof_and_what_to_do() -> None:
    assert set(PAGES) == set(Verdict)
    for verdict in Verdict:
        assert ("exit code 0" in page(verdict)) is verdict.proven
        assert "## What to do" in page(verdict)
