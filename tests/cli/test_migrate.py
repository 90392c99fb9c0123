"""migrate and check from end to end: what is printed where, what is written, and the exit codes."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys

import pytest
from tf2kit.migrate import run, write

from tf2kit.cli import main

OLD = """\
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 3])
with tf.Session() as session:
    print(session.run(tf.reduce_sum(x), {x: [[1.0, 2.0, 3.0]]}))
"""
LIFTABLE = """\
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 3])
y = tf.reduce_sum(x)
sess = tf.Session()
print(sess.run(y, {x: [[1.0, 2.0, 3.0]]}))
"""
# no table can know this name: always left to a person
HARD = OLD + "\ny = tf.no_such_thing_at_all(x)\n"


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A folder outside git, as current folder, with one TF 1 program and one file that has nothing to do with it."""
    (tmp_path / "old.py").write_text(OLD)
    (tmp_path / "other.py").write_text("x = 1\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


def type_in(monkeypatch, text):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_dry_run_reports_and_writes_nothing(tree, capsys):
    before = contents(tree)
    assert main(["migrate", "."]) == 1
    page = capsys.readouterr().out
    assert "Would change old.py:" in page
    assert "1 file of 2 would change" in page
    assert "Next: tf2kit migrate . --write" in page
    assert contents(tree) == before


def test_the_next_command_repeats_the_flags_that_matter(tree, capsys):
    main(["migrate", "old.py", "--official", "off", "--ignore", "NBK,PY203", "--color", "never"])
    assert "Next: tf2kit migrate old.py --official off --ignore NBK,PY203 --write" in capsys.readouterr().out


def test_write_changes_the_file_and_undo_takes_it_back(tree, capsys):
    assert main(["migrate", ".", "--write"]) == 0
    assert (
        "tf.Session" not in (tree / "old.py").read_text().replace("compat.v1", "")
        or "v1" in (tree / "old.py").read_text()
    )
    assert (tree / "old.py").read_text() != OLD
    assert (tree / "other.py").read_text() == "x = 1\n"
    assert "`tf2kit undo` puts them back" in capsys.readouterr().out
    assert main(["undo"]) == 0
    assert (tree / "old.py").read_text() == OLD
    assert "Restored 1 file." in capsys.readouterr().out


def test_a_second_write_finds_nothing_to_do(tree, capsys):
    main(["migrate", ".", "--write"])
    capsys.readouterr()
    assert main(["migrate", "."]) == 0
    assert "0 files of 2 would change" in capsys.readouterr().out


def test_undo_without_a_backup_says_so(tree, capsys):
    assert main(["undo"]) == 2
    assert "there is no backup" in capsys.readouterr().err


def test_output_writes_a_mirror_tree_and_leaves_the_old_one(tree, capsys):
    before = contents(tree)
    assert main(["migrate", ".", "--output", str(tree.parent / "new")]) == 0
    assert contents(tree) == before
    assert (tree.parent / "new" / "old.py").read_text() != OLD
    assert "1 file of 2 changed; the new tree is " in capsys.readouterr().out


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_files_with_uncommitted_changes_are_refused_unless_forced(tree, capsys):
    subprocess.run(["git", "init", "-q"], cwd=tree, check=True)
    subprocess.run(["git", "add", "."], cwd=tree, check=True)
    assert main(["migrate", ".", "--write"]) == 2
    assert "not written old.py: " in capsys.readouterr().out
    assert (tree / "old.py").read_text() == OLD
    assert main(["migrate", ".", "--write", "--force"]) == 0
    assert (tree / "old.py").read_text() != OLD


def test_diff_prints_a_patch_on_stdout_and_the_report_on_stderr(tree, capsys):
    assert main(["migrate", ".", "--diff"]) == 1
    seen = capsys.readouterr()
    assert seen.out.startswith("--- a/old.py\n+++ b/old.py\n@@ ")
    assert "would change" in seen.err
    assert (tree / "old.py").read_text() == OLD


def test_stdin_gives_the_new_text_on_stdout_and_findings_on_stderr(tree, capsysbinary, monkeypatch):
    type_in(monkeypatch, OLD.replace("\n", "\r\n").encode())
    assert main(["migrate", "-", "--stdin-filename", "pkg/model.py"]) == 0
    seen = capsysbinary.readouterr()
    main(["migrate", "old.py", "--write"])
    assert seen.out == (tree / "old.py").read_bytes().replace(b"\n", b"\r\n")
    assert b"pkg/model.py" in seen.err


def test_stdin_with_work_left_is_exit_code_1_and_keeps_text_that_is_no_python(tree, capsysbinary, monkeypatch):
    text = b"import tensorflow as tf\nthis is (not python\n"
    type_in(monkeypatch, text)
    assert main(["migrate", "-", "--output-format", "concise"]) == 1
    seen = capsysbinary.readouterr()
    assert seen.out == text
    assert seen.err.startswith(b"<stdin>:")


def test_a_closed_standard_input_is_named(tree, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["migrate", "-"]) == 2
    assert "- reads standard input, which is closed" in capsys.readouterr().err


def test_check_of_stdin_prints_the_report_and_not_the_text(tree, capsys, monkeypatch):
    type_in(monkeypatch, OLD.encode())
    assert main(["check", "-"]) == 1
    seen = capsys.readouterr()
    assert "1 file of 1 would change" in seen.out
    assert seen.err == ""


def test_what_is_left_is_exit_code_1_even_after_writing(tree, capsys):
    (tree / "old.py").write_text(HARD)
    assert main(["migrate", ".", "--write", "-q"]) == 1
    assert "old.py:7:" in capsys.readouterr().out
    assert main(["migrate", ".", "--exit-zero"]) == 0


def test_exit_zero_does_not_hide_a_mistake(tree):
    assert main(["migrate", "missing.py", "--exit-zero"]) == 2


def test_a_tree_without_tensorflow_is_exit_code_0(tree):
    assert main(["check", "other.py"]) == 0


def test_a_folder_without_python_is_said_to_be_empty(tree, capsys):
    (tree / "empty").mkdir()
    assert main(["check", "empty"]) == 0
    assert "there is no Python file or notebook in empty" in capsys.readouterr().err
    assert main(["check", "empty", "--output-format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["files"] == []


def test_a_missing_path_is_named_with_a_suggestion(tree, capsys):
    assert main(["migrate", "odl.py"]) == 2
    assert "'odl.py'" in capsys.readouterr().err


def test_a_program_is_lifted_to_native_when_that_is_asked_for(tree, capsys):
    (tree / "old.py").write_text(LIFTABLE)
    assert main(["check", "old.py", "--to", "native", "--output-format", "json"]) == 1
    seen = json.loads(capsys.readouterr().out)
    assert seen["programs"][0]["level"] == "native"
    assert {(d["code"], d["fixed"]) for d in seen["diagnostics"]} == {("NAT500", True)}


def test_a_program_that_cannot_be_lifted_goes_to_compat_and_the_line_is_named(tree, capsys):
    (tree / "old.py").write_text(LIFTABLE.replace("tf.reduce_sum", "tf.no_such_thing"))
    assert main(["migrate", "old.py", "--to", "native", "--write", "--output-format", "json"]) == 1
    seen = json.loads(capsys.readouterr().out)
    assert seen["programs"][0]["level"] == "compat"
    (why,) = [d for d in seen["diagnostics"] if d["code"] == "NAT501"]
    assert (why["severity"], why["line"], why["fixed"]) == ("warning", 4, False)
    assert why["message"].startswith("the program stays on compat: `tf.no_such_thing`")
    assert "disable_v2_behavior" in (tree / "old.py").read_text()


def test_every_format_is_printed_on_stdout(tree, capsys):
    (tree / "old.py").write_text(HARD)
    starts = {"concise": "old.py:", "json": "{", "sarif": "{", "github": "::error file=old.py,line="}
    for name, start in starts.items():
        assert main(["check", "old.py", "--select", "SYM", "--output-format", name]) == 1
        assert capsys.readouterr().out.startswith(start), name


def test_select_and_ignore_choose_what_is_reported(tree, capsys):
    (tree / "old.py").write_text(HARD)

    def codes(*flags):
        main(["check", "old.py", "--official", "off", "--output-format", "json", *flags])
        return {d["code"] for d in json.loads(capsys.readouterr().out)["diagnostics"]}

    everything = codes("--select", "ALL")
    symbols = {code for code in everything if code.startswith("SYM")}
    assert symbols
    assert codes("--select", "SYM") == symbols
    assert codes("--ignore", "SYM") == everything - symbols


def test_an_unknown_code_is_exit_code_2_with_a_suggestion(tree, capsys):
    assert main(["check", ".", "--select", "NBK501,NBK50X"]) == 2
    assert "'NBK50X' is not a code or the start of one; did you mean 'NBK50" in capsys.readouterr().err


def test_excluded_files_are_not_looked_at(tree, capsys):
    main(["check", ".", "--exclude", "old.py", "--output-format", "json"])
    assert [file["path"] for file in json.loads(capsys.readouterr().out)["files"]] == ["other.py"]


def test_the_configuration_of_the_project_is_used_and_the_command_line_wins(tree, capsys):
    (tree / "pyproject.toml").write_text('[tool.tf2kit]\nexclude = ["old.py"]\noutput-format = "json"\n')
    assert main(["check", "."]) == 0
    assert len(json.loads(capsys.readouterr().out)["files"]) == 1
    assert main(["check", ".", "--exclude", "none", "--output-format", "text"]) == 1
    assert "1 file of 2 would change" in capsys.readouterr().out
    assert main(["check", ".", "--no-config"]) == 1


def test_statistics_count_codes(tree, capsys):
    (tree / "old.py").write_text(HARD)
    assert main(["check", "old.py", "--statistics", "--select", "SYM"]) == 1
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert rows
    assert all(row[0].isdigit() and row[1].startswith("SYM") for row in rows)


def test_an_interrupt_while_migrating_says_that_nothing_was_written(tree, monkeypatch, capsys):
    def interrupted(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "migrate", interrupted)
    assert main(["migrate", ".", "--write"]) == 130
    assert "interrupted; nothing was written." in capsys.readouterr().err


def test_an_interrupt_while_writing_counts_the_files_that_are_written(tree, monkeypatch, capsys):
    (tree / "second.py").write_text(OLD)
    real = write.write_in_place

    def first_only(results, force):
        real([result for result in results if result.path == "old.py"], force)
        raise KeyboardInterrupt

    monkeypatch.setattr(write, "write_in_place", first_only)
    assert main(["migrate", ".", "--write"]) == 130
    assert "1 of 2 files were written" in capsys.readouterr().err
    assert (tree / "second.py").read_text() == OLD
