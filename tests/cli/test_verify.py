"""`tf2kit verify` with programs that need no TensorFlow: what is run, what is said, how it exits."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tf2kit.cli import main
from tf2kit.commands import verify
from tf2kit.terminal import Output

COUNTS = "import sys\nfor i in range(6):\n    print('value', i / 2)\nprint(sys.argv[1:])\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TF2KIT_CACHE", str(tmp_path.parent / "cache"))
    return tmp_path


def write(name: str, text: str) -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(textwrap.dedent(text))
    return name


def test_two_programs_that_print_the_same_are_identical(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("old.py", COUNTS)
    write("new.py", COUNTS.replace("i / 2", "i * 0.5"))
    assert main(["verify", "old.py", "new.py", "--", "--epochs", "3"]) == 0
    captured = capsys.readouterr()
    assert "old.py → new.py: identical" in captured.out
    assert "Reference: tf2kit run" in captured.out
    assert "this executes old.py" in captured.err
    assert sorted(p.name for p in place.iterdir()) == ["new.py", "old.py"]


def test_a_difference_names_both_lines_and_exits_with_1(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("old.py", COUNTS)
    write("new.py", "\n" + COUNTS.replace("i / 2", "i // 2"))
    assert main(["verify", "old.py", "new.py", "--json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)["comparisons"]
    assert found["verdict"] == "diverges"
    assert found["divergence"]["what"] == "printed"
    assert (found["divergence"]["old"], found["divergence"]["new"]) == (0.5, 0.0)
    assert found["divergence"]["old_place"]["path"] == "old.py"
    assert found["divergence"]["new_place"] == {
        "path": "new.py", "line": 4, "code": "print('value', i // 2)", "cell": None
    }  # fmt: skip


def test_a_program_that_fails_is_named_with_its_last_lines(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("old.py", COUNTS)
    write("new.py", "print(1)\nraise KeyError('weights')\n")
    assert main(["verify", "old.py", "new.py"]) == 1
    out = capsys.readouterr().out
    assert "not comparable" in out
    assert "the new program ended with exit code 1" in out
    assert "KeyError: 'weights'" in out


def test_programs_that_compute_nothing_prove_nothing(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("old.py", "print('done')\n")
    assert main(["verify", "old.py", "old.py"]) == 1
    assert "no number was computed" in capsys.readouterr().out


def test_a_timeout_is_a_sentence(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("old.py", COUNTS)
    write("new.py", "import time\ntime.sleep(60)\n")
    assert main(["verify", "old.py", "new.py", "--timeout", "2"]) == 1
    assert "stopped by the timeout before it returned a number" in capsys.readouterr().out


def test_the_programs_own_exit_code_and_files_do_not_matter(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "import os, sys\nassert not os.path.exists('out')\nopen('out', 'w').close()\n" + COUNTS + "sys.exit(3)\n"
    write("old.py", text)
    assert main(["verify", "old.py", "old.py"]) == 0
    assert not Path("out").exists()


def test_folders_are_compared_by_their_scripts(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("old", "new"):
        write(f"{folder}/a/train.py", "import lib\n" + COUNTS)
        write(f"{folder}/a/lib.py", "")
    assert main(["verify", "old", "new", "--entry", "a/train.py"]) == 0
    assert "old/a/train.py → new/a/train.py: identical" in capsys.readouterr().out


def test_a_notebook_is_compared_with_a_script(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": COUNTS}
    write("old.ipynb", json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    write("new.py", COUNTS)
    assert main(["verify", "old.ipynb", "new.py"]) == 0


def test_what_was_recorded_stands_for_the_old_program(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write("old.py", COUNTS)
    assert main(["verify", "old.py", "--record", "old.json.gz"]) == 0
    write("old.py", "raise SystemExit('not run again')\n")
    write("new.py", COUNTS)
    assert main(["verify", "old.py", "new.py", "--reference", "old.json.gz"]) == 0
    assert "Reference: recorded on" in capsys.readouterr().out


def test_a_folder_of_recordings_stands_for_several_old_programs(stub: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("a/net.py", NET), ("b/net.py", NET.replace("(i)", "(i + 1)"))):
        write(f"tree/{name}", text)
        write("net.py", text.replace("import tensorflow", "import tensorflow.compat.v1"))
        assert main(["verify", "net.py", "--record", "recorded.gz"]) == 0
        Path("kept", name).parent.mkdir(parents=True)
        Path("recorded.gz").rename(Path("kept", name).with_suffix(".json.gz"))
    command = ["migrate", "tree", "--official", "off", "--output", "new", "--verify", "--reference"]
    assert main([*command, "kept"]) == 0
    out = capsys.readouterr().out
    assert "2 of 2 programs proven" in out
    assert out.count("Reference: recorded on") == 2
    Path("kept/b/net.json.gz").write_bytes(Path("kept/a/net.json.gz").read_bytes())
    assert main([*command, "kept", "--force"]) == 1
    assert "old  tree/b/net.py:3" in capsys.readouterr().out
    Path("kept/b/net.json.gz").unlink()
    for reference, said in (("kept", "there is no kept/b/net.json.gz"), ("kept/a/net.json.gz", "name a folder")):
        assert main([*command, reference, "--force"]) == 2
        assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["old.py"], "two programs are compared"),
        (["old.py", "gone.py"], "there is no file or folder 'gone.py'"),
        (["old.py", "."], "not a script with a folder"),
        (["old.py", "old.py", "--entry", "x.py"], "--entry names a script within a folder"),
        ([".", ".", "--entry", "x.py"], "there is no script 'x.py'"),
        ([".", "."], "no TensorFlow 1 program was found"),
        (["old.py", "old.py", "--steps", "0"], "is not a number of steps"),
        (["old.py", "old.py", "--timeout", "soon"], "is not a number above 0"),
        (["old.py", "old.py", "--legacy-python", "nowhere"], "cannot be started"),
        (["old.py", "old.py", "--legacy-python", sys.executable], "not 1.x"),
        (["old.py", "old.py", "--reference", "old.py"], "it is not a recording"),
        (["old.py", "--record", "x", "--reference", "y"], "give one of them"),
        (["old.py", "old.py", "--neutralise", "sometimes"], "is not a mode"),
        (["--explain", "equals"], "did you mean 'equal'"),
        ([".", "--record", "x"], "--record takes one script"),
        ([], "two programs are compared"),
    ],
)
def test_what_cannot_be_done_as_asked_is_a_sentence(
    place: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    write("old.py", COUNTS)
    assert main(["verify", *words]) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert "Traceback" not in captured.err


@pytest.mark.parametrize("word", ["equal within noise", "equal-within-noise", "Diverges"])
def test_each_verdict_has_a_page(capsys: pytest.CaptureFixture[str], word: str) -> None:
    assert main(["verify", "--explain", word]) == 0
    assert "## What to do" in capsys.readouterr().out


def test_the_help_lists_the_verdicts_and_says_that_code_is_executed() -> None:
    done = subprocess.run([sys.executable, "-m", "tf2kit", "verify", "--help"], capture_output=True, text=True)
    assert "This executes the programs" in done.stdout
    assert "equal within noise" in done.stdout


# stands in for TensorFlow: these tests are about what is run
_STUB = "def disable_v2_behavior(): pass\ndef placeholder(n): return n / 8\n"
NET = "import tensorflow as tf\nfor i in range(6):\n    print(tf.placeholder(i))\n"


@pytest.fixture
def stub(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = place.parent / "stub"
    for name, text in (("", ""), ("/compat", ""), ("/compat/v1", _STUB)):
        (home / f"tensorflow{name}").mkdir(parents=True, exist_ok=True)
        (home / f"tensorflow{name}" / "__init__.py").write_text(text)
    monkeypatch.setenv("PYTHONPATH", str(home))
    return place


def test_migrate_verifies_what_it_made_and_leaves_the_files_alone(
    stub: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write("net.py", NET)
    assert main(["migrate", "net.py", "--official", "off", "--verify"]) == 1  # a file would change
    captured = capsys.readouterr()
    assert "net.py → net.py (migrated): identical" in captured.out
    assert "this executes net.py" in captured.err
    assert Path("net.py").read_text() == NET


def test_migrate_verifies_after_writing_and_only_the_program_that_is_named(
    stub: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write("a/net.py", NET)
    write("a/other.py", NET + "raise SystemExit(1)\n")
    command = ["migrate", "a", "--official", "off", "--write", "--force", "--verify"]
    assert main([*command, "--entry", "net.py"]) == 0
    out = capsys.readouterr().out
    assert "a/net.py (migrated): identical" in out
    assert "other.py (migrated)" not in out
    assert "tensorflow.compat.v1" in Path("a/net.py").read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["net.py", "--verify", "--entry", "nut.py"], "did you mean 'net.py'"),
        (["net.py", "--entry", "net.py"], "--entry goes with --verify"),
        (["net.py", "--steps", "3"], "--steps goes with --verify"),
        (["net.py", "--legacy-python", "p"], "--legacy-python goes with --verify"),
        (["net.py", "--reference", "f"], "--reference goes with --verify"),
        (["-", "--verify"], "cannot run what is read from standard input"),
        (["plain.py", "--verify"], "no TensorFlow 1 program"),
    ],
)
def test_verify_of_migrate_says_what_it_needs(
    place: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    write("net.py", NET)
    write("plain.py", "print(1)\n")
    assert main(["migrate", "--official", "off", *words]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(("answer", "runs"), [("y\n", True), ("\n", False), ("", False)])
def test_on_a_terminal_more_than_one_program_is_run_only_after_a_yes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: str, runs: bool
) -> None:
    monkeypatch.setattr(verify, "is_terminal", lambda _: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    assert verify.confirmed(["a.py", "b.py"], Output("stderr")) is runs
    assert "Run these 2 programs?" in capsys.readouterr().err
    assert verify.confirmed(["a.py"], Output("stderr"))
