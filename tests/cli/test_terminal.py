"""Colours and progress: for people only."""

from __future__ import annotations

import io
import sys

import pytest

from tf2kit.terminal import Output, Progress


class Screen(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


def show_on_screen(monkeypatch):
    """Put a terminal in place of both standard streams (in the test: pytest takes the streams back after a fixture)."""
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    screen = Screen()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr(sys, "stderr", screen)
    return screen


def test_a_terminal_gets_colours_and_a_pipe_does_not(monkeypatch):
    show_on_screen(monkeypatch)
    assert Output("stdout").paint("x", "error") == "\x1b[1;31mx\x1b[0m"
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert Output("stdout").paint("x", "error") == "x"


def test_no_color_turns_colours_off_and_always_wins_over_it(monkeypatch):
    show_on_screen(monkeypatch)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not Output("stdout").coloured
    assert Output("stdout", "always").coloured


def test_never_and_a_dumb_terminal_have_no_colours(monkeypatch):
    show_on_screen(monkeypatch)
    assert not Output("stdout", "never").coloured
    monkeypatch.setenv("TERM", "dumb")
    assert not Output("stdout").coloured


def test_progress_is_shown_on_a_terminal_after_a_while(monkeypatch):
    screen = show_on_screen(monkeypatch)
    with Progress(wanted=True, patience=0) as progress:
        progress(3, 7, "model.py")
    assert "3/7" in screen.getvalue()


@pytest.mark.parametrize("wanted", [True, False])
def test_progress_is_not_shown_before_that_or_when_quiet(wanted, monkeypatch):
    screen = show_on_screen(monkeypatch)
    with Progress(wanted, patience=3600 if wanted else 0) as progress:
        progress(3, 7, "model.py")
    assert screen.getvalue() == ""


def test_progress_is_not_shown_in_a_pipe(capsys):
    with Progress(wanted=True, patience=0) as progress:
        progress(3, 7, "model.py")
    assert capsys.readouterr().err == ""


def test_a_missing_stream_is_silent(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    out = Output("stdout")
    out.line("x")
    out.write_bytes(b"x")
    out.flush()
    assert not out.coloured
