"""Taking a migration back: the newest one, as a whole, and never over somebody's edits."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from pathlib import Path

import pytest
from tf2kit.migrate.findings import FileResult
from tf2kit.migrate.undo import undo
from tf2kit.migrate.write import write_in_place


def migrate(path: Path, after: bytes) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(b"old")
    backup = write_in_place([FileResult(str(path), path.read_bytes(), after)]).backup
    assert backup is not None
    return backup


@pytest.fixture(autouse=True)
def in_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_without_a_backup_there_is_nothing_to_undo(tmp_path: Path) -> None:
    report = undo()
    assert (report.restored, report.failed, report.backup) == ([], [], None)
    assert undo(str(tmp_path / "no such folder")).backup is None


def test_migrations_are_taken_back_newest_first(tmp_path: Path) -> None:
    a = tmp_path / "a.py"
    migrate(a, b"first")
    migrate(a, b"second")
    assert undo().restored == ["a.py"]
    assert a.read_bytes() == b"first"
    assert undo().restored == ["a.py"]
    assert a.read_bytes() == b"old"
    assert undo().backup is None


def test_backups_made_in_the_same_second_keep_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a = tmp_path / "a.py"
    monkeypatch.setattr("time.strftime", lambda *_: "20260101-000000")
    names = [os.path.basename(migrate(a, b"%d" % i)) for i in range(12)]
    assert names == [f"20260101-000000-{i:04}" for i in range(1, 13)]
    undo()
    assert a.read_bytes() == b"10"


def test_a_clock_that_was_set_back_does_not_change_the_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a = tmp_path / "a.py"
    monkeypatch.setattr("time.strftime", lambda *_: "20270101-000000")
    migrate(a, b"first")
    monkeypatch.setattr("time.strftime", lambda *_: "20260101-000000")
    migrate(a, b"second")
    undo()
    assert a.read_bytes() == b"first"


def test_a_file_edited_since_is_kept_and_its_old_content_is_pointed_at(tmp_path: Path) -> None:
    a, b = tmp_path / "a.py", tmp_path / "b.py"
    a.write_bytes(b"old a")
    b.write_bytes(b"old b")
    write_in_place([FileResult("a.py", b"old a", b"new a"), FileResult("b.py", b"old b", b"new b")])
    a.write_bytes(b"my edit")
    report = undo()
    assert report.restored == ["b.py"]
    ((path, reason),) = report.failed
    assert path == "a.py"
    assert Path(reason.rpartition(" ")[2]).read_bytes() == b"old a"
    assert a.read_bytes() == b"my edit"
    a.write_bytes(b"new a")  # the edit is taken back by hand: now it works
    assert sorted(undo().restored) == ["a.py", "b.py"]
    assert (a.read_bytes(), b.read_bytes()) == (b"old a", b"old b")


def test_a_file_deleted_since_comes_back_but_not_into_a_folder_that_is_gone(tmp_path: Path) -> None:
    a = tmp_path / "sub/a.py"
    migrate(a, b"new")
    a.unlink()
    a.parent.rmdir()
    assert "moved or deleted" in undo().failed[0][1]
    a.parent.mkdir()
    assert undo().restored == ["sub/a.py"]
    assert a.read_bytes() == b"old"


def test_a_backup_is_found_from_inside_and_from_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a = tmp_path / "project/deep/a.py"
    monkeypatch.chdir(tmp_path)
    migrate(a, b"new")
    assert undo("project/deep/a.py").restored == ["project/deep/a.py"]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    migrate(a, b"newer")  # the backup goes next to the file, because it is not below the working folder
    assert not (elsewhere / ".tf2kit-backup").exists()
    monkeypatch.chdir(tmp_path)
    assert undo("project").restored == ["project/deep/a.py"]
    assert a.read_bytes() == b"old"


def test_a_copy_that_was_tampered_with_is_not_restored(tmp_path: Path) -> None:
    backup = migrate(tmp_path / "a.py", b"new")
    (Path(backup) / "files/a.py").write_bytes(b"evil")
    assert "was changed" in undo().failed[0][1]
    assert (tmp_path / "a.py").read_bytes() == b"new"


@pytest.mark.parametrize(
    "manifest", [b"", b"[]", b'{"version": 99, "files": []}', b'{"version": 1, "files": [{"path": 1}]}']
)
def test_a_manifest_that_cannot_be_read_is_reported(tmp_path: Path, manifest: bytes) -> None:
    backup = migrate(tmp_path / "a.py", b"new")
    (Path(backup) / "manifest.json").write_bytes(manifest)
    assert "cannot be read" in undo().failed[0][1]


@pytest.mark.parametrize("path", ["../outside.py", "/tmp/outside.py"])
def test_a_manifest_cannot_reach_out_of_its_folder(tmp_path: Path, path: str) -> None:
    backup = Path(migrate(tmp_path / "project/a.py", b"new"))
    manifest = json.loads((backup / "manifest.json").read_text())
    manifest["files"][0]["path"] = path
    (backup / "manifest.json").write_text(json.dumps(manifest))
    report = undo()
    assert report.restored == []
    assert "cannot be read" in report.failed[0][1]


def test_the_manifest_says_what_was_and_what_became(tmp_path: Path) -> None:
    a = tmp_path / "a.py"
    a.write_bytes(b"old")
    a.chmod(0o750)
    backup = Path(migrate(a, b"new"))
    assert json.loads((backup / "manifest.json").read_text()) == {
        "version": 1,
        "files": [
            {
                "path": "a.py",
                "before": hashlib.sha256(b"old").hexdigest(),
                "after": hashlib.sha256(b"new").hexdigest(),
                "mode": 0o750,
            }
        ],
    }


def test_a_full_disk_while_undoing_loses_nothing_and_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a = tmp_path / "a.py"
    migrate(a, b"new")

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        assert "No space left" in undo().failed[0][1]
    assert a.read_bytes() == b"new"
    assert undo().restored == ["a.py"]
    assert a.read_bytes() == b"old"
