"""A mirror tree: everything is there, nothing is mixed up, and nothing outside it is touched."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from tf2kit.migrate.discover import UsageError, discover
from tf2kit.migrate.findings import FileResult
from tf2kit.migrate.write import WriteReport, write_tree


@pytest.fixture(autouse=True)
def in_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def make(**files: str) -> None:
    for name, content in files.items():
        put(name, content)


def put(name: str, content: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)


def write(*roots: str, output: str = "out", force: bool = False) -> WriteReport:
    """Write with every 'old' changed to 'new'."""
    found = discover(roots, exclude=[output])
    results = [FileResult(f.path, f.raw, f.raw.replace(b"old", b"new")) for f in found]
    return write_tree(results, roots, output, force)


def content(folder: str) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text() for p in sorted(Path(folder).rglob("*")) if p.is_file()}


def test_one_folder_is_mirrored_with_its_data() -> None:
    for name in ("src/x.py", "src/pkg/y.py", "src/pkg/data/names.csv", "src/.config", "src/README"):
        put(name, f"old {name}")
    put("src/same.py", "kept")
    report = write("src")
    assert content("out") == {
        ".config": "old src/.config",
        "README": "old src/README",
        "pkg/data/names.csv": "old src/pkg/data/names.csv",
        "pkg/y.py": "new src/pkg/y.py",
        "same.py": "kept",
        "x.py": "new src/x.py",
    }
    assert len(report.written) == 6
    assert (report.refused, report.failed) == ([], [])
    assert Path("src/x.py").read_text() == "old src/x.py"


def test_what_belongs_to_the_place_is_left_out() -> None:
    for name in ("src/.git/config", "src/__pycache__/x.pyc", "src/env/pyvenv.cfg", "src/.tf2kit-backup/a", "src/x.py"):
        put(name, "old")
    write("src")
    assert content("out") == {"x.py": "new"}


def test_modes_of_files_and_folders_and_empty_folders_are_kept() -> None:
    put("src/run.py", "old")
    put("src/data/d.bin", "d")
    Path("src/empty").mkdir()
    Path("src/run.py").chmod(0o755)
    Path("src/data/d.bin").chmod(0o444)
    Path("src/data").chmod(0o555)
    write("src")
    modes = {name: stat.S_IMODE(Path("out", name).stat().st_mode) for name in ("run.py", "data/d.bin", "data")}
    assert modes == {"run.py": 0o755, "data/d.bin": 0o444, "data": 0o555}
    assert Path("out/empty").is_dir()


def test_links_into_the_tree_stay_links_and_others_still_lead_to_their_goal() -> None:
    put("shared/big.bin", "data")
    put("src/sub/x.py", "old")
    Path("src/link.py").symlink_to("sub/x.py")
    Path("src/folder").symlink_to(Path("src/sub").resolve())
    Path("src/sub/up").symlink_to("../sub/x.py")
    Path("src/sub/outside").symlink_to("../../shared/big.bin")
    Path("src/sub/broken").symlink_to("nowhere")
    write("src", output="deep/er/out")
    out = Path("deep/er/out")
    assert os.readlink(out / "link.py") == "sub/x.py"
    assert os.readlink(out / "folder") == "sub"
    assert os.readlink(out / "sub/up") == "../sub/x.py"
    assert os.readlink(out / "sub/broken") == "nowhere"
    assert (out / "link.py").read_text() == (out / "folder/x.py").read_text() == "new"
    assert (out / "sub/outside").read_text() == "data"


def test_a_single_file_goes_where_one_expects() -> None:
    put("src/x.py", "old")
    put("there/other.txt", "kept")
    write("src/x.py", output="there")
    write("src/x.py", output="new_folder/")
    write("src/x.py", output="file.py")
    assert content("there") == {"other.txt": "kept", "x.py": "new"}
    assert content("new_folder") == {"x.py": "new"}
    assert Path("file.py").read_text() == "new"


def test_several_roots_go_to_folders_of_their_names() -> None:
    make(**{"a/x.py": "old a", "b/x.py": "old b", "c.py": "old c"})
    write("a", "b/", "c.py")
    assert content("out") == {"a/x.py": "new a", "b/x.py": "new b", "c.py": "new c"}


@pytest.mark.parametrize("roots", [("a/x.py", "b/x.py"), ("a/src", "b/src"), ("a/src", "b/src/")])
def test_names_that_clash_are_refused_before_anything_is_written(roots: tuple[str, str]) -> None:
    make(**{"a/x.py": "1", "b/x.py": "2", "a/src/y.py": "3", "b/src/y.py": "4"})
    with pytest.raises(UsageError, match="would both go to"):
        write(*roots)
    assert not Path("out").exists()


def test_an_output_inside_the_tree_is_not_copied_into_itself() -> None:
    put("x.py", "old")
    put("sub/y.py", "old")
    write(".", output="sub/out")
    assert content("sub/out") == {"sub/y.py": "new", "x.py": "new"}
    assert write(".", output="sub/out").written == []
    assert content("sub/out") == {"sub/y.py": "new", "x.py": "new"}


@pytest.mark.parametrize(
    ("root", "output"), [("src", "src"), ("src", "./src/"), ("src", "."), ("src/x.py", "src/x.py")]
)
def test_the_source_is_never_the_output(root: str, output: str) -> None:
    put("src/x.py", "old")
    with pytest.raises(UsageError):
        write_tree([FileResult("src/x.py", b"old", b"new")], [root], output, force=True)
    assert Path("src/x.py").read_text() == "old"


def test_a_single_file_is_not_written_onto_itself_through_its_folder() -> None:
    put("src/x.py", "old")
    with pytest.raises(UsageError):
        write_tree([FileResult("src/x.py", b"old", b"new")], ["src/x.py"], "src", force=True)
    assert Path("src/x.py").read_text() == "old"


def test_a_second_run_into_the_same_output_is_fine_and_writes_nothing() -> None:
    put("src/x.py", "old")
    put("src/d/data", "1")
    Path("src/l").symlink_to("x.py")
    write("src")
    before = Path("out/x.py").stat()
    assert write("src").written == []
    assert Path("out/x.py").stat() == before


@pytest.mark.parametrize("name", ["x.py", "other.txt", "d/deep.txt"])
def test_an_output_that_holds_something_else_is_refused_unless_forced(name: str) -> None:
    put("src/x.py", "old")
    put(f"out/{name}", "mine")
    with pytest.raises(UsageError, match=name):
        write("src")
    assert content("out") == {name: "mine"}
    write("src", force=True)
    assert content("out") == {name: "mine", "x.py": "new"} | ({"x.py": "new"} if name == "x.py" else {})


def test_a_file_where_the_output_folder_should_be_is_refused() -> None:
    put("src/x.py", "old")
    put("out", "mine")
    with pytest.raises(UsageError, match="needs a folder"):
        write("src", force=True)
    assert Path("out").read_text() == "mine"


def test_links_in_the_output_are_replaced_and_never_followed() -> None:
    make(**{"src/x.py": "old", "src/sub/y.py": "old", "mine.txt": "mine"})
    Path("out").mkdir()
    Path("elsewhere").mkdir()
    Path("out/x.py").symlink_to("../mine.txt")
    Path("out/sub").symlink_to("../elsewhere")
    report = write("src", force=True)
    assert Path("mine.txt").read_text() == "mine"
    assert Path("out/x.py").read_text() == "new"
    assert list(Path("elsewhere").iterdir()) == []
    assert {path for path, _ in report.failed} == {"out/sub", "out/sub/y.py"}


def test_an_output_that_is_a_link_to_a_folder_is_that_folder() -> None:
    put("src/x.py", "old")
    Path("real").mkdir()
    Path("out").symlink_to("real")
    write("src")
    assert content("real") == {"x.py": "new"}
    assert Path("out").is_symlink()


def test_a_file_that_could_not_be_read_is_not_replaced_by_an_empty_one() -> None:
    put("src/x.py", "secret")
    write_tree([FileResult("src/x.py", b"", b"")], ["src"], "out")
    assert content("out") == {"x.py": "secret"}


def test_devices_and_pipes_are_named_and_skipped() -> None:
    put("src/x.py", "old")
    os.mkfifo("src/pipe")
    assert write("src").refused[0][0] == "src/pipe"
    assert content("out") == {"x.py": "new"}


def test_a_full_disk_leaves_no_partial_file_and_the_other_files_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    make(**{"src/a.py": "old a", "src/b.bin": "b" * 100, "src/c.py": "old c"})
    real = os.write

    def write_some(handle: int, data: memoryview) -> int:
        if len(data) > 50:
            real(handle, data[:50])
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, data)

    monkeypatch.setattr(os, "write", write_some)
    report = write("src")
    assert content("out") == {"a.py": "new a", "c.py": "new c"}
    assert [path for path, _ in report.failed] == ["out/b.bin"]
    assert "No space left" in report.failed[0][1]


def test_ctrl_c_leaves_whole_files_and_the_same_command_completes_the_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    make(**{f"src/f{i}.py": "old" for i in range(5)})
    real = os.replace

    def interrupt(source: str, target: str) -> None:
        if target.endswith("f2.py"):
            raise KeyboardInterrupt
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", interrupt)
        with pytest.raises(KeyboardInterrupt):
            write("src")
    assert content("out") == {"f0.py": "new", "f1.py": "new"}
    assert len(write("src").written) == 3
    assert content("out") == {f"f{i}.py": "new" for i in range(5)}
