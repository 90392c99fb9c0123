"""The command itself: help, version, misspelt words, and what happens when things go wrong."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tf2kit import cli
from tf2kit.cli import main


def python_m(*args, **more):
    return subprocess.run([sys.executable, "-m", "tf2kit", *args], capture_output=True, text=True, **more)


def test_help_and_version_work_as_a_module():
    assert "Usage: tf2kit COMMAND" in python_m("--help").stdout
    assert python_m("--version").stdout == f"tf2kit {cli.version()}\n"


@pytest.mark.parametrize("words", [["--help"], ["migrate", "--help"], ["migrate", "missing.py"]])
def test_start_up_does_not_pay_for_what_it_does_not_use(words, tmp_path):
    probe = (
        "import sys; from tf2kit.cli import main; main(sys.argv[1:]);"
        "print([m for m in ('rich', 'tensorflow', 'numpy', 'keras', 'tf2kit.migrate.rules') if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", probe, *words], capture_output=True, text=True, cwd=tmp_path)
    assert done.stderr.splitlines()[-1] == "[]"


def test_without_a_command_the_help_is_printed_and_the_exit_code_is_2(capsys):
    assert main([]) == 2
    assert "Commands:" in capsys.readouterr().out


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_has_help(command, capsys):
    assert main([command, "--help"]) == 0
    assert f"usage: tf2kit {command}" in capsys.readouterr().out
    assert main(["help", command]) == 0


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["migrte"], "did you mean 'migrate'?"),
        (
            ["frobnicate"],
            "known: migrate, check, run, verify, convert-checkpoint, export, learn, undo, explain, rules, doctor",
        ),
        (["--write", "src"], "the command comes first"),
        (["migrate", "src", "--wirte"], "did you mean '--write'?"),
        (["undo", "--colr=never"], "did you mean '--color'?"),
        (["check", "src", "--write"], "check never writes"),
        (["migrate", "src", "--to", "natve"], "did you mean 'native'?"),
        (["migrate", "src", "--output-format", "jsn"], "did you mean 'json'?"),
        (["migrate", "src", "--official", "never"], "known: safety, default, off"),
        (["migrate", "src", "-j", "many"], "0 means one per processor"),
        (["migrate"], "`tf2kit migrate .` looks at this folder"),
        (["migrate", "-", "src"], "cannot be mixed with paths"),
        (["migrate", "-", "--write"], "leave out --write"),
        (["migrate", "src", "--diff", "--write"], "choose one"),
        (["migrate", "src", "--stdin-filename", "a.py"], "give - as the path"),
        (["migrate", "src", "--statistics", "--output-format", "sarif"], "use --output-format text or json"),
        (["migrate", "src", "-q", "-v"], "-q and -v do not go together"),
    ],
)
def test_a_mistake_is_answered_with_what_was_probably_meant(words, hint, capsys):
    assert main(words) == 2
    seen = capsys.readouterr()
    assert hint in seen.err
    assert seen.out == ""


def test_a_path_in_place_of_a_command_is_recognised(tmp_path, capsys):
    assert main([str(tmp_path)]) == 2
    assert f"did you mean 'tf2kit migrate {tmp_path}'?" in capsys.readouterr().err


@pytest.fixture
def broken(monkeypatch):
    """A command that raises what it is told to."""

    def install(error):
        def run(argv, prog):
            raise error

        monkeypatch.setattr(cli, "_runner", lambda module: run)

    return install


def test_an_unexpected_error_is_one_sentence_and_exit_code_2(broken, capsys):
    broken(KeyError("a\nb"))
    assert main(["rules"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "this is a bug in tf2kit: KeyError: " in line
    assert "-v" in line


def test_verbose_adds_the_traceback_of_an_unexpected_error(broken, capsys):
    broken(ZeroDivisionError("x"))
    assert main(["rules", "-v"]) == 2
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_an_interrupt_is_exit_code_130_and_says_what_was_written(broken, capsys):
    broken(KeyboardInterrupt())
    assert main(["rules"]) == 130
    assert capsys.readouterr().err == "tf2kit: interrupted; nothing was written.\n"
    broken(KeyboardInterrupt("1 of 2 files were written."))
    assert main(["rules"]) == 130
    assert capsys.readouterr().err == "tf2kit: interrupted; 1 of 2 files were written.\n"


@pytest.mark.skipif(os.name == "nt", reason="pipes break differently")
def test_a_reader_that_leaves_early_is_no_error():
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run([sys.executable, "-m", "tf2kit", "rules"], stdout=writer, stderr=subprocess.PIPE)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_report_that_cannot_be_written_is_exit_code_2():
    with open("/dev/full", "w") as full:
        done = subprocess.run([sys.executable, "-m", "tf2kit", "rules"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert "the output could not be written" in done.stderr


def test_a_stream_that_knows_only_ascii_gets_escapes():
    done = python_m("--help", env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 0
    assert "Usage: tf2kit COMMAND \\u2026" in done.stdout
