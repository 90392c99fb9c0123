"""[tool.tf2kit] in pyproject.toml."""

from __future__ import annotations

import argparse

import pytest

from tf2kit import config
from tf2kit.cli import main
from tf2kit.cli_errors import UsageError


def write(folder, body):
    file = folder / "pyproject.toml"
    file.write_text(f"[tool.tf2kit]\n{body}\n")
    return file


def test_all_keys_are_read(tmp_path):
    body = """
to = "native"
select = ["SYM"]
ignore = ["SYM101"]
exclude = ["third_party"]
official = "off"
unsafe-fixes = true
jobs = 3
output-format = "json"
"""
    file = write(tmp_path, body)
    expected = ("native", ("SYM",), ("SYM101",), ("third_party",), "off", True, 3, "json", file)
    assert config.load(file) == config.Settings(*expected)


def test_the_nearest_file_with_a_table_wins(tmp_path):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    outer = write(tmp_path, "jobs = 1")
    assert config.find(inner) == outer
    assert config.find(inner.parent) == outer


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('slect = ["SYM"]', "'slect' is not a setting; did you mean 'select'?"),
        ("unsafe_fixes = true", "did you mean 'unsafe-fixes'?"),
        ("zzz = 1", "known: to, select, ignore"),
        ('to = "natve"', "to: 'natve' is not a level; did you mean 'native'?"),
        ("to = 2", "to: 2 is not a string; known: compat, native"),
        ('select = "SYM"', 'select: \'SYM\' is not a list of strings; write it as ["A", "B"]'),
        ("select = [1]", "is not a list of strings"),
        ("jobs = true", "jobs: True is not a number of processes"),
        ("jobs = -1", "0 means one per processor"),
        ('unsafe-fixes = "yes"', "unsafe-fixes: 'yes' is neither true nor false"),
        ('output-format = "xml"', "output-format: 'xml' is not an output format"),
        ("= broken", "is not valid TOML"),
    ],
)
def test_a_mistake_names_the_file_the_key_and_what_was_meant(body, said, tmp_path, capsys):
    file = write(tmp_path, body)
    (tmp_path / "a.py").write_text("x = 1\n")
    assert main(["check", str(tmp_path / "a.py")]) == 2
    error = capsys.readouterr().err
    assert str(file) in error
    assert said in error


def test_a_table_that_is_no_table_is_an_error(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool]\ntf2kit = 1\n")
    with pytest.raises(UsageError, match=r"write \[tool\.tf2kit\]"):
        config.find(tmp_path)


def test_the_command_line_wins_and_what_it_leaves_out_stays():
    settings = config.Settings(select=("SYM",), jobs=3, unsafe_fixes=True)
    given = argparse.Namespace(select=["CTB"], jobs=None, unsafe_fixes=False)
    merged = config.override(settings, given)
    assert (merged.select, merged.jobs, merged.unsafe_fixes) == (("CTB",), 3, False)


def test_a_missing_config_file_is_named(tmp_path, capsys):
    assert main(["check", str(tmp_path), "--config", str(tmp_path / "none.toml")]) == 2
    assert "none.toml: cannot be read" in capsys.readouterr().err


def test_a_config_file_without_a_table_is_an_error(tmp_path, capsys):
    file = tmp_path / "other.toml"
    file.write_text("[project]\n")
    assert main(["check", str(tmp_path), "--config", str(file)]) == 2
    assert "other.toml: has no [tool.tf2kit] table" in capsys.readouterr().err


def test_an_unknown_code_in_the_file_names_the_file(tmp_path, capsys):
    file = write(tmp_path, 'ignore = ["SYMX"]')
    (tmp_path / "a.py").write_text("x = 1\n")
    assert main(["check", str(tmp_path)]) == 2
    assert f"ignore (or {file}): 'SYMX' is not a code" in capsys.readouterr().err


def test_an_excluded_path_counts_from_the_folder_of_the_file(tmp_path):
    file = write(tmp_path, 'exclude = ["third_party", "./old/*.py", "/abs/x"]')
    assert config.load(file).exclude == ("third_party", f"{tmp_path}/old/*.py", "/abs/x")
