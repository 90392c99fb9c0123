"""`tf2kit learn`."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import pytest

from tf2kit.cli import main
from tf2kit.commands import learn
from tf2kit.lessons import files, progress
from tf2kit.lessons.course import lessons

FIRST = lessons()["01"]


@pytest.fixture(autouse=True)
def mine(tmp_path, monkeypatch):
    monkeypatch.setenv("TF2KIT_LESSONS", str(tmp_path / "mine"))
    return tmp_path / "mine"


@pytest.fixture
def no_jupyter(monkeypatch):
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "jupyterlab" else real(name))


def test_the_list_has_times_and_progress_and_says_what_is_next(capsys):
    assert main(["learn"]) == 0
    told = capsys.readouterr().out
    assert f" 1  {FIRST.title} " in told.splitlines()[0]
    assert f"{FIRST.minutes} min  not begun" in told.splitlines()[0]
    assert "Next: tf2kit learn open 1" in told
    progress.add_solved("01", "01-1")
    progress.set_quiz("01", 3)
    assert main(["learn", "list"]) == 0
    told = capsys.readouterr().out
    assert "1 of 4 exercises, quiz 3 of 4" in told.splitlines()[0]
    assert "Next: tf2kit learn open 2" in told
    assert "\x1b[" not in told


def test_open_makes_a_copy_once_and_says_how_to_open_it_without_jupyterlab(mine, no_jupyter, capsys):
    assert main(["learn", "open", "1"]) == 0
    copy = mine / "01_start_here.ipynb"
    told = capsys.readouterr().out
    assert str(copy) in told
    assert "python -m pip install jupyterlab" in told
    assert copy.read_text() == (files.room() / copy.name).read_text()
    copy.write_text("mine")
    assert main(["learn", "open", "01"]) == 0
    assert copy.read_text() == "mine"


def test_open_starts_jupyterlab_on_the_copy_where_it_is_installed(mine, monkeypatch, capsys):
    started = []
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name if name == "jupyterlab" else real(name))
    monkeypatch.setattr(learn, "_jupyter", lambda copy: started.append(copy) or 0)
    assert main(["learn", "open", "1"]) == 0
    assert started == [mine / "01_start_here.ipynb"]


def test_check_lists_what_is_open_and_exits_with_1_until_all_is_done(capsys):
    progress.add_solved("01", "01-2")
    assert main(["learn", "check", "1"]) == 1
    rows = capsys.readouterr().out.splitlines()
    assert rows[1].startswith("  open    1.1  ")
    assert rows[2].startswith("  solved  1.2  ")
    for exercise in FIRST.exercises:
        progress.add_solved("01", exercise.key)
    progress.set_quiz("01", 4)
    assert main(["learn", "check", "1"]) == 0


def test_reset_keeps_every_old_copy_and_forgets_the_progress_of_this_lesson_only(mine, no_jupyter, capsys):
    progress.add_solved("01", "01-1")
    progress.add_solved("02", "02-1")
    assert main(["learn", "reset", "1"]) == 0
    assert "kept" not in capsys.readouterr().out
    for number in (1, 2):
        (mine / "01_start_here.ipynb").write_text(f"mine {number}")
        assert main(["learn", "reset", "1"]) == 0
        assert (mine / f"01_start_here.old{number}.ipynb").read_text() == f"mine {number}"
    assert (mine / "01_start_here.ipynb").read_text() == (files.room() / "01_start_here.ipynb").read_text()
    assert list(progress.load()) == ["02"]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["learn", "opne", "1"], "did you mean 'open'?"),
        (["learn", "open"], "tf2kit learn open 1"),
        (["learn", "open", "99"], "there is no lesson '99'; there are 1, 2"),
        (["learn", "reset", "one"], "there is no lesson 'one'"),
    ],
)
def test_a_mistake_is_answered_with_what_was_probably_meant(words, hint, capsys):
    assert main(words) == 2
    assert hint in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_an_error_with_a_way_out(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TF2KIT_LESSONS", str(tmp_path / "file"))
    assert main(["learn", "open", "1"]) == 2
    assert "set TF2KIT_LESSONS to a folder that you can write to" in capsys.readouterr().err


def test_learn_imports_no_tensorflow_and_no_numpy():
    code = (
        "import sys; from tf2kit.cli import main; main(['learn']); "
        "sys.exit(', '.join({'tensorflow', 'keras', 'numpy', 'jupytext'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
