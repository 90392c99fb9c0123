"""The diff is a patch that applies, byte for byte."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from tf2kit.migrate.findings import FileResult
from tf2kit.migrate.report import diff

from tf2kit.terminal import Output

CASES = {
    "plain": (b"a\nb\nc\n", b"a\nB\nc\n"),
    "no newline at the end": (b"a\nb", b"a\nB"),
    "newline added": (b"a\nb", b"a\nb\n"),
    "dos newlines": (b"a\r\nb\r\n", b"a\r\nB\r\n"),
    "latin-1 and a lone carriage return": (b"# \xe9\rx\ny\n", b"# \xe9\rx\nz\n"),
    "form feed": (b"a\x0cb\nc\n", b"a\x0cb\nd\n"),
}


@pytest.mark.skipif(shutil.which("git") is None, reason="git applies the patch")
@pytest.mark.parametrize("file", ["a.py", "my model.py", "modèle.py"])
@pytest.mark.parametrize("name", CASES)
def test_git_apply_turns_the_old_bytes_into_the_new_ones(name, file, tmp_path):
    before, after = CASES[name]
    (tmp_path / file).write_bytes(before)
    patch = diff.render([FileResult(file, before, after)])
    command = ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn"]
    done = subprocess.run(command, input=patch, cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / file).read_bytes() == after


def test_no_change_gives_an_empty_diff():
    assert diff.render([FileResult("a.py", b"x\n", b"x\n")]) == b""


def test_on_a_terminal_only_whole_lines_are_coloured_and_newlines_stay_outside():
    patch = diff.render([FileResult("a.py", b"a\r\n", b"b\r\n")], Output("stdout", "always").paint)
    assert b"\x1b[31m-a\x1b[0m\r\n" in patch
    assert b"\x1b[32m+b\x1b[0m\r\n" in patch
