"""Rewriting in place: the old file or the new one, never a part, and nothing that cannot be got back."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tf2kit.migrate import atomic
from tf2kit.migrate.findings import FileResult
from tf2kit.migrate.undo import undo
from tf2kit.migrate.write import write_in_place

OLD, NEW = b"old\r\n\xff", b"new text, longer\n"


def job(path: Path, program: str = "", after: bytes = NEW) -> FileResult:
    return FileResult(str(path), path.read_bytes(), after, program=program)


def make(folder: Path, *names: str) -> list[Path]:
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(OLD)
    return paths


def git(folder: Path, *words: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", str(folder), *identity, *words], check=True, capture_output=True)


def repository(folder: Path, *names: str) -> list[Path]:
    paths = make(folder, *names)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "start")
    return paths


def strays(folder: Path) -> list[str]:
    return [str(p) for p in folder.rglob("*.tmp")] + [str(p) for p in folder.rglob(".partial*")]


@pytest.fixture(autouse=True)
def in_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_only_changed_files_are_written(tmp_path: Path) -> None:
    a, b = repository(tmp_path, "a.py", "b.py")
    before = b.stat()
    report = write_in_place([job(a), job(b, after=OLD)])
    assert (report.written, report.refused, report.failed, report.backup) == ([str(a)], [], [], None)
    assert a.read_bytes() == NEW
    assert b.stat() == before
    assert strays(tmp_path) == []


@pytest.mark.parametrize("mode", [0o644, 0o755, 0o600, 0o4755, 0o222 | 0o400])
def test_the_mode_is_kept(tmp_path: Path, mode: int) -> None:
    (a,) = repository(tmp_path, "a.py")
    git(tmp_path, "config", "core.fileMode", "false")
    a.chmod(mode)
    write_in_place([job(a)])
    assert stat.S_IMODE(a.stat().st_mode) == mode
    assert a.read_bytes() == NEW


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give files away")
def test_the_owner_is_kept(tmp_path: Path) -> None:
    (a,) = make(tmp_path, "a.py")
    os.chown(a, 12345, 54321)
    write_in_place([job(a)])
    assert (a.stat().st_uid, a.stat().st_gid, a.read_bytes()) == (12345, 54321, NEW)


def test_uncommitted_and_untracked_files_are_refused_and_the_others_written(tmp_path: Path) -> None:
    a, b, staged = repository(tmp_path, "a.py", "sub/b.py", "staged.py")
    b.write_bytes(b"edited")
    staged.write_bytes(b"edited")
    git(tmp_path, "add", "staged.py")
    (new,) = make(tmp_path, "sub/new é.py")
    report = write_in_place([job(a), job(b), job(staged), job(new)])
    assert report.written == [str(a)]
    reasons = dict(report.refused)
    assert "uncommitted changes" in reasons[str(b)]
    assert "uncommitted changes" in reasons[str(staged)]
    assert "does not track" in reasons[str(new)]
    assert "--force" in reasons[str(new)]
    assert (b.read_bytes(), new.read_bytes()) == (b"edited", OLD)


def test_force_writes_them_and_undo_gives_them_back(tmp_path: Path) -> None:
    a, b = repository(tmp_path, "a.py", "b.py")
    b.write_bytes(b"edited")
    report = write_in_place([job(a), job(b)], force=True)
    assert report.written == [str(a), str(b)]
    assert report.backup is not None
    assert undo().restored == ["b.py"]  # git has the other
    assert b.read_bytes() == b"edited"


def test_the_backup_is_invisible_to_git(tmp_path: Path) -> None:
    (a,) = repository(tmp_path, "a.py")
    a.write_bytes(b"edited")
    write_in_place([job(a)], force=True)
    status = subprocess.run(["git", "status", "--porcelain"], cwd=tmp_path, capture_output=True, check=True).stdout
    assert status == b" M a.py\n"


def test_a_git_that_does_not_answer_means_no(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (a,) = repository(tmp_path, "a.py")
    monkeypatch.setenv("PATH", "")
    report = write_in_place([job(a)])
    assert "git is not installed" in report.refused[0][1]
    assert a.read_bytes() == OLD


def test_a_hook_s_environment_does_not_mislead_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (a,) = repository(tmp_path / "one", "a.py")
    repository(tmp_path / "two", "b.py")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "two/.git"))
    assert write_in_place([job(a)]).written == [str(a)]


def test_read_only_files_are_refused_even_with_force(tmp_path: Path) -> None:
    (a,) = make(tmp_path, "a.py")
    a.chmod(0o444)
    report = write_in_place([job(a)], force=True)
    assert "read-only" in report.refused[0][1]
    assert a.read_bytes() == OLD


def test_a_file_that_was_edited_or_deleted_meanwhile_is_refused(tmp_path: Path) -> None:
    a, b = make(tmp_path, "a.py", "b.py")
    jobs = [job(a), job(b)]
    a.write_bytes(b"my edit")
    b.unlink()
    report = write_in_place(jobs, force=True)
    assert [reason for _, reason in report.refused] == [
        "it was edited while the migration ran; migrate it again",
        "it is gone",
    ]
    assert a.read_bytes() == b"my edit"
    assert not b.exists()


def test_an_edit_between_the_check_and_the_write_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a, b = make(tmp_path, "a.py", "b.py")
    real = atomic.replace

    def edit_b_meanwhile(path: str, *rest: object, **named: object) -> None:
        real(path, *rest, **named)  # type: ignore[arg-type]
        if path == str(a):
            b.write_bytes(b"my edit")

    monkeypatch.setattr(atomic, "replace", edit_b_meanwhile)
    report = write_in_place([job(a), job(b)])
    assert report.written == [str(a)]
    assert report.failed[0][0] == str(b)
    assert b.read_bytes() == b"my edit"


def test_a_symbolic_link_is_not_written_through(tmp_path: Path) -> None:
    (a,) = make(tmp_path, "a.py")
    link = tmp_path / "link.py"
    link.symlink_to("a.py")
    report = write_in_place([job(link)], force=True)
    assert "symbolic link" in report.refused[0][1]
    assert link.is_symlink()
    assert a.read_bytes() == OLD


def test_a_program_is_written_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    a, b, c, d = make(tmp_path, "a.py", "b.py", "c.py", "d.py")
    b.chmod(0o444)
    report = write_in_place([job(a, "train.py"), job(b, "train.py"), job(c, "other.py"), job(d)])
    assert report.written == [str(c), str(d)]
    assert [path for path, _ in report.refused] == [str(a), str(b)]
    assert f"same program as {b}" in report.refused[0][1]


def test_outside_git_undo_restores_content_and_mode_of_everything(tmp_path: Path) -> None:
    a, b = make(tmp_path, "src/a.py", "src/deep/b.py")
    a.chmod(0o755)
    write_in_place([job(a), job(b)])
    assert a.read_bytes() == b.read_bytes() == NEW
    report = undo()
    assert sorted(report.restored) == ["src/a.py", "src/deep/b.py"]
    assert a.read_bytes() == b.read_bytes() == OLD
    assert stat.S_IMODE(a.stat().st_mode) == 0o755


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_full_disk_leaves_every_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    a, b = repository(tmp_path, "a.py", "b.py")

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    jobs = [job(a), job(b)]
    monkeypatch.setattr(os, call, full)
    report = write_in_place(jobs)
    monkeypatch.undo()
    assert report.written == []
    assert [path for path, _ in report.failed] == [str(a), str(b)]
    assert "No space left on device" in report.failed[0][1]
    assert a.read_bytes() == b.read_bytes() == OLD
    assert strays(tmp_path) == []


def test_a_disk_that_fills_up_on_the_way_keeps_later_files_and_reports_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b, c = repository(tmp_path, "a.py", "b.py", "c.py")
    real = os.write
    calls: list[int] = []

    def write(handle: int, data: memoryview) -> int:
        calls.append(handle)
        if len(calls) == 3:  # the second file's second part
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, data[:4] if len(calls) == 2 else data)

    jobs = [job(a), job(b), job(c)]
    monkeypatch.setattr(os, "write", write)
    report = write_in_place(jobs)
    assert report.written == [str(a), str(c)]
    assert [path for path, _ in report.failed] == [str(b)]
    assert (a.read_bytes(), b.read_bytes(), c.read_bytes()) == (NEW, OLD, NEW)
    assert strays(tmp_path) == []


def test_a_write_in_small_parts_is_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (a,) = repository(tmp_path, "a.py")
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:3]))
    write_in_place([job(a)])
    assert a.read_bytes() == NEW


def test_without_room_for_the_backup_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a, b = make(tmp_path, "a.py", "b.py")
    real = os.write
    calls: list[int] = []

    def write(handle: int, data: memoryview) -> int:
        calls.append(handle)
        if len(calls) > 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, data)

    monkeypatch.setattr(os, "write", write)
    report = write_in_place([job(a), job(b)])
    assert report.written == []
    assert "no backup could be kept" in report.failed[0][1]
    assert a.read_bytes() == b.read_bytes() == OLD
    assert strays(tmp_path) == []
    assert not undo().restored


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_ctrl_c_in_the_middle_leaves_whole_files_and_undo_still_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    paths = make(tmp_path, *(f"f{i}.py" for i in range(4)))
    jobs = [job(p) for p in paths]
    real_replace, real = atomic.replace, getattr(os, call)

    def stop_at_third(path: str, *rest: object, **named: object) -> None:
        if path == str(paths[2]):
            monkeypatch.setattr(os, call, interrupt)
        real_replace(path, *rest, **named)  # type: ignore[arg-type]

    def interrupt(*_: object) -> None:
        monkeypatch.setattr(os, call, real)
        raise KeyboardInterrupt

    monkeypatch.setattr(atomic, "replace", stop_at_third)
    with pytest.raises(KeyboardInterrupt):
        write_in_place(jobs)
    assert [p.read_bytes() for p in paths] == [NEW, NEW, OLD, OLD]
    assert strays(tmp_path) == []
    assert len(undo().restored) == 4
    assert {p.read_bytes() for p in paths} == {OLD}


CHILD = """
import sys
from pathlib import Path
from tf2kit.migrate.findings import FileResult
from tf2kit.migrate.write import write_in_place
paths = sorted(Path(sys.argv[1]).glob("*.py"))
jobs = [FileResult(str(p), p.read_bytes(), b"new" * 20_000) for p in paths]
print("ready", flush=True)
write_in_place(jobs)
"""


@pytest.mark.parametrize("kill_after", [1, 5, 20, 60])
def test_kill_9_leaves_each_file_old_or_new_and_undo_restores_all(tmp_path: Path, kill_after: int) -> None:
    paths = make(tmp_path, *(f"f{i:03}.py" for i in range(120)))
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(tmp_path)], cwd=tmp_path, stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    while child.poll() is None and sum(p.read_bytes() != OLD for p in paths[: kill_after + 1]) < kill_after:
        pass
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    contents = [p.read_bytes() for p in paths]
    assert set(contents) <= {OLD, b"new" * 20_000}
    assert contents.count(OLD) <= 120 - kill_after
    assert len(undo().restored) == 120
    assert {p.read_bytes() for p in paths} == {OLD}
