"""Which files are found, and what is said about those that cannot be read."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from tf2kit.migrate import vcs
from tf2kit.migrate.discover import UsageError, discover


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n")


def names(root: Path, *paths: str, exclude: tuple[str, ...] = (), respect_gitignore: bool = True) -> list[str]:
    found = discover([str(root / p) for p in paths or [""]], exclude, respect_gitignore)
    return [os.path.relpath(f.path, root) for f in found if f.error is None]


def git(folder: Path, *words: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", str(folder), *identity, *words], check=True, capture_output=True)


def test_python_files_and_notebooks_are_found_sorted_and_nothing_else(tmp_path: Path) -> None:
    make(tmp_path, "z.py", "a/b.ipynb", "a/b.py", "a/data.csv", "a/stub.pyi", "tool", "README.md")
    assert names(tmp_path) == ["a/b.ipynb", "a/b.py", "z.py"]


def test_a_file_that_is_named_is_taken_whatever_its_name_or_folder(tmp_path: Path) -> None:
    make(tmp_path, "tool", ".hidden/x.py", "notes.txt")
    assert names(tmp_path, "tool", ".hidden/x.py", "notes.txt") == [".hidden/x.py", "notes.txt", "tool"]


def test_content_is_read_byte_for_byte(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"\xff\r\n\0")
    assert discover([str(tmp_path)])[0].raw == b"\xff\r\n\0"


def test_paths_in_the_working_folder_are_shown_without_a_dot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.py", "b/c.py")
    monkeypatch.chdir(tmp_path)
    assert [f.path for f in discover(["."])] == ["a.py", "b/c.py"]
    assert [f.path for f in discover(["./b/"])] == ["b/c.py"]


def test_folders_that_are_not_source_are_skipped(tmp_path: Path) -> None:
    make(
        tmp_path,
        "a.py",
        ".git/x.py",
        ".venv/x.py",
        "node_modules/x.py",
        "__pycache__/x.py",
        "env/pyvenv.cfg",
        "env/x.py",
    )
    make(tmp_path, "build/lib/x.py", "dist/x.py", "thing.egg-info/x.py", "conda/conda-meta/history", "conda/x.py")
    make(tmp_path, ".tf2kit-backup/20260101-000000-0001/files/a.py", "._a.py", ".#a.py")
    assert names(tmp_path) == ["a.py"]


def test_a_package_that_happens_to_be_called_build_is_source(tmp_path: Path) -> None:
    make(tmp_path, "build/__init__.py", "build/x.py")
    assert names(tmp_path) == ["build/__init__.py", "build/x.py"]


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("a.py", ["src/b.py", "src/sub/c.py"]),
        ("src", ["a.py"]),
        ("src/", ["a.py"]),
        ("src/*.py", ["a.py"]),
        ("./src/sub", ["a.py", "src/b.py"]),
        ("src/sub/**", ["a.py", "src/b.py"]),
        ("**/sub", ["a.py", "src/b.py"]),
        ("**/a.py", ["src/b.py", "src/sub/c.py"]),
        ("[bc].py", ["a.py"]),
        ("rc", ["a.py", "src/b.py", "src/sub/c.py"]),
        ("", ["a.py", "src/b.py", "src/sub/c.py"]),
    ],
)
def test_exclude_patterns_match_names_and_paths(tmp_path: Path, pattern: str, left: list[str]) -> None:
    make(tmp_path, "a.py", "src/b.py", "src/sub/c.py")
    assert names(tmp_path, exclude=(pattern,)) == left


def test_an_absolute_exclude_pattern_works(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "src/b.py")
    assert names(tmp_path, exclude=(str(tmp_path / "src"),)) == ["a.py"]


def test_what_git_ignores_is_skipped_unless_asked_for(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "out/x.py", "sub/gen_y.py", "sub/z.py")
    (tmp_path / ".gitignore").write_text("out/\ngen_*.py\n")
    git(tmp_path, "init", "-q")
    assert names(tmp_path) == ["a.py", "sub/z.py"]
    assert names(tmp_path, "sub") == ["sub/z.py"]
    assert names(tmp_path, "sub/gen_y.py") == ["sub/gen_y.py"]
    assert names(tmp_path, "out") == ["out/x.py"]
    assert len(names(tmp_path, respect_gitignore=False)) == 4


def test_a_repository_inside_has_its_own_ignore_rules(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "inner/b.py", "inner/skip.py")
    (tmp_path / "inner/.gitignore").write_text("skip.py\n")
    git(tmp_path / "inner", "init", "-q")
    assert names(tmp_path) == ["a.py", "inner/b.py"]


def test_a_missing_git_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.py", "out/x.py")
    (tmp_path / ".gitignore").write_text("out/\n")
    git(tmp_path, "init", "-q")
    monkeypatch.setenv("PATH", "")
    assert names(tmp_path) == ["a.py", "out/x.py"]


def test_a_repository_cannot_make_us_run_its_programs(tmp_path: Path) -> None:
    make(tmp_path, "a.py")
    git(tmp_path, "init", "-q")
    monitor = tmp_path / "monitor"
    monitor.write_text(f"#!/bin/sh\ntouch {tmp_path}/was-run\n")
    monitor.chmod(0o755)
    git(tmp_path, "config", "core.fsmonitor", str(monitor))
    discover([str(tmp_path)])
    vcs.unsafe_to_rewrite([str(tmp_path / "a.py")])
    assert not (tmp_path / "was-run").exists()


def test_a_file_that_is_reached_twice_is_returned_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "src/a.py")
    (tmp_path / "src/link.py").symlink_to("a.py")
    (tmp_path / "again").symlink_to("src")
    monkeypatch.chdir(tmp_path)
    assert [f.path for f in discover(["src/link.py", "again", ".", "src", "src/a.py"])] == ["again/a.py"]
    assert [f.path for f in discover(["src/link.py", "src"])] == ["src/a.py"]


def test_links_that_loop_are_harmless(tmp_path: Path) -> None:
    make(tmp_path, "a.py")
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "self.py").symlink_to("self.py")
    found = discover([str(tmp_path)])
    assert [Path(f.path).name for f in found if f.error is None] == ["a.py"]


def test_a_link_to_a_file_elsewhere_is_reported_and_not_read(tmp_path: Path) -> None:
    make(tmp_path, "shared/x.py", "src/a.py")
    (tmp_path / "src/x.py").symlink_to("../shared/x.py")
    (tmp_path / "src/gone.py").symlink_to("nowhere.py")
    (tmp_path / "src/data.txt").symlink_to("/nowhere")
    _, gone, x = discover([str(tmp_path / "src")])
    assert x.raw == b""
    assert "outside the searched folders ('../shared/x.py')" in str(x.error)
    assert "nowhere.py" in str(gone.error)


def test_a_link_into_another_named_folder_is_not_reported(tmp_path: Path) -> None:
    make(tmp_path, "shared/x.py", "src/a.py")
    (tmp_path / "src/x.py").symlink_to("../shared/x.py")
    found = discover([str(tmp_path / "src"), str(tmp_path / "shared")])
    assert [(Path(f.path).name, f.error) for f in found] == [("x.py", None), ("a.py", None)]


def test_a_pipe_with_a_python_name_does_not_hang_the_search(tmp_path: Path) -> None:
    make(tmp_path, "a.py")
    os.mkfifo(tmp_path / "pipe.py")
    assert names(tmp_path) == ["a.py"]
    assert "not a regular file" in str(discover([str(tmp_path / "pipe.py")])[0].error)


def test_an_unreadable_file_or_folder_is_reported_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "a.py", "closed/x.py", "secret.py")
    real_open, real_scandir = open, os.scandir

    def no_open(path: str, mode: str = "r") -> object:
        if path.endswith("secret.py"):
            raise PermissionError(13, "Permission denied")
        return real_open(path, mode)

    def no_scandir(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return real_scandir(path)

    monkeypatch.setattr("builtins.open", no_open)
    monkeypatch.setattr(os, "scandir", no_scandir)
    found = {Path(f.path).name: f for f in discover([str(tmp_path)])}
    assert found["a.py"].error is None
    assert "permission denied" in str(found["secret.py"].error)
    assert "permission denied" in str(found["closed"].error)


def test_a_path_that_does_not_exist_gets_a_suggestion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "src/model.py")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"did you mean 'src/model\.py'"):
        discover(["src/modle.py"])
    with pytest.raises(UsageError, match="did you mean 'src'"):
        discover(["scr"])
    with pytest.raises(UsageError, match="there is no folder 'other'"):
        discover(["other/deep/x.py"])
    with pytest.raises(UsageError, match="name a file or a folder"):
        discover([])


def test_a_named_link_without_a_target_says_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "x.py").symlink_to("gone.py")
    with pytest.raises(UsageError, match=r"symbolic link to 'gone\.py'"):
        discover([str(tmp_path / "x.py")])


def test_ten_thousand_files_ask_git_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for i in range(100):
        folder = tmp_path / f"d{i}"
        folder.mkdir()
        for j in range(100):
            (folder / f"f{j}.py").touch()
    git(tmp_path, "init", "-q")
    calls: list[str] = []
    real = vcs.ignored
    monkeypatch.setattr(vcs, "ignored", lambda folder: calls.append(folder) or real(folder))  # type: ignore[func-returns-value]
    assert len(discover([str(tmp_path)])) == 10_000
    assert len(calls) == 1
