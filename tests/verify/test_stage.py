"""Scratch copies of programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tf2kit.migrate.verify import stage as staging
from tf2kit.migrate.verify.stage import Program, StageError, place, shares_files, stage


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    (folder / "sub").mkdir(parents=True)
    (folder / "net.py").write_text("import lib\nprint(lib.x)\n")
    (folder / "sub" / "data.txt").write_text("1")
    (folder / ".git").mkdir()
    return folder


def test_what_a_run_writes_stays_in_its_copy(home: Path, tmp_path: Path) -> None:
    box = stage(Program(home / "net.py", home, "net.py"), tmp_path / "box")
    (box.folder / "sub" / "data.txt").write_text("2")
    assert (home / "sub" / "data.txt").read_text() == "1"
    assert box.script == box.folder / "net.py"
    assert not (box.folder / ".git").exists()


def test_a_script_elsewhere_comes_with_its_folder(home: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    box = stage(Program(home / "net.py", work, "net.py"), tmp_path / "box")
    assert (box.script.parent / "sub" / "data.txt").is_file()
    assert list(box.folder.iterdir()) == []


def test_large_files_and_folders_of_data_are_linked(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "LINKED", 1000)
    monkeypatch.setattr(staging, "MANY", 3)
    (home / "weights.bin").write_bytes(b"0" * 1000)
    (home / "images").mkdir()
    for i in range(4):
        (home / "images" / f"{i}.png").touch()
    box = stage(Program(home / "net.py", home, "net.py"), tmp_path / "box")
    assert (box.folder / "weights.bin").is_symlink()
    assert (box.folder / "images").is_symlink()
    assert len(list((box.folder / "images").iterdir())) == 4


def test_a_folder_with_too_many_files_is_a_sentence(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "LIMIT", 2)
    with pytest.raises(StageError, match="start tf2kit in the program's own folder"):
        stage(Program(home / "net.py", home, "net.py"), tmp_path / "box")


def test_lines_of_a_copy_are_shown_as_lines_of_the_original(home: Path, tmp_path: Path) -> None:
    box = stage(Program(home / "net.py", home, "net.py"), tmp_path / "box")
    found = place(box, (str(box.script), 2))
    assert (found.path, found.line, found.code) == (str(home / "net.py"), 2, "print(lib.x)")


def test_a_notebook_runs_as_a_script_and_its_lines_are_those_of_cells(home: Path, tmp_path: Path) -> None:
    cells = [["%matplotlib inline\n", "a = 1"], ["from __future__ import print_function\n", "\n", "print(a)"]]
    rows = [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": s} for s in cells]
    book = home / "net.ipynb"
    book.write_text(json.dumps({"cells": rows, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    box = stage(Program(book, home, "net.ipynb"), tmp_path / "box")
    lines = box.script.read_text().split("\n")
    compile(box.script.read_text(), "net", "exec", dont_inherit=True)
    found = place(box, (str(box.script), lines.index("print(a)") + 1))
    assert (found.path, found.cell, found.line) == (str(book), 2, 3)


@pytest.mark.parametrize(
    ("text", "shared"), [("open('/tmp/model')", True), ("device('/gpu:0')", False), ("'~/data'", True)]
)
def test_programs_that_name_folders_outside_are_recognised(home: Path, text: str, shared: bool) -> None:
    (home / "lib.py").write_text(text)
    assert shares_files(Program(home / "net.py", home, "net.py")) is shared


def test_any_line_of_a_statement_is_shown_as_its_first(home: Path, tmp_path: Path) -> None:
    (home / "net.py").write_text("for i in range(2):\n  x = run(\n      i,\n      2)\n")
    box = stage(Program(home / "net.py", home, "net.py"), tmp_path / "box")
    assert [place(box, (str(box.script), line)).line for line in (1, 2, 3, 4)] == [1, 2, 2, 2]
