"""What `tf2kit run` remembers: fast, and never a reason to run something wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.runner.support import Place
from tf2kit.runner import memory

NET = "import tensorflow as tf\nimport model\nprint(tf.placeholder('{}'), model.x)\n"
MODEL = "import tensorflow as tf\nx = tf.placeholder('model')\n"


@pytest.fixture
def net(place: Place) -> Place:
    place.write("net.py", NET.format("a"))
    place.write("model.py", MODEL)
    return place


def modules(place: Place, *words: str) -> set[str]:
    """What a run of a program imports."""
    command = [sys.executable, "-X", "importtime", *place.command(*words)[1:]]
    done = subprocess.run(command, cwd=place.work, env=place.environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}


def test_a_second_run_imports_nothing_of_the_migrator(net: Place) -> None:
    first, second = modules(net, "net.py"), modules(net, "net.py")
    assert "tf2kit.migrate.stages" in first
    assert {name for name in second if name.startswith(("tf2kit.migrate", "fissix"))} == set()
    assert {"json", "importlib.metadata", "tempfile"} & second == set()


def test_a_changed_file_a_new_file_and_a_removed_file_are_seen(net: Place) -> None:
    assert net.output("net.py") == ["placeholder of a placeholder of model"]
    net.write("net.py", NET.format("b"))
    assert net.output("net.py") == ["placeholder of b placeholder of model"]
    net.write("model.py", "from deep import x\n")
    net.write("deep/__init__.py", MODEL)
    assert net.output("net.py") == ["placeholder of b placeholder of model"]
    net.write("deep.py", "x = 'never seen: a package goes first'\n")
    assert net.output("net.py") == ["placeholder of b placeholder of model"]
    (net.work / "deep" / "__init__.py").unlink()
    (net.work / "deep").rmdir()
    assert net.output("net.py") == ["placeholder of b never seen: a package goes first"]


def test_a_module_that_appears_where_an_import_led_nowhere_is_part_of_the_program(place: Place) -> None:
    place.write(
        "net.py",
        "try:\n    import extra\nexcept ImportError:\n    print('none')\nimport tensorflow as tf\ntf.placeholder\n",
    )
    assert place.output("net.py") == ["none"]
    place.write("extra.py", "import tensorflow as tf\nprint tf.placeholder('extra')\n")
    assert place.output("net.py") == ["placeholder of extra"]


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "other", "folder"])
def test_a_damaged_entry_is_made_anew(net: Place, damage: str) -> None:
    expected = net.output("net.py")
    (entry,) = net.cache.iterdir()
    raw = entry.read_bytes()
    bad = {
        "empty": b"",
        "cut": raw[:-9],
        "flipped": raw[:-9] + bytes([raw[-9] ^ 1]) + raw[-8:],
        "other": b"\x80\x04K*.",
    }
    if damage == "folder":
        entry.unlink()
        entry.mkdir()
    else:
        entry.write_bytes(bad[damage])
    assert net.output("net.py") == expected
    assert damage == "folder" or entry.read_bytes() == raw


def test_an_entry_with_other_data_in_it_is_made_anew(net: Place) -> None:
    expected = net.output("net.py")
    (entry,) = net.cache.iterdir()
    os.environ["TF2KIT_CACHE"] = str(net.cache)
    try:
        for value in (None, 7, (1, 2, 3, 4), ({"a": 1}, {}, 0, True), ({"a": (1, 2, 3, 4)}, {}, 0, True)):
            memory.write(entry.stem, value)
            assert memory.read(entry.stem) == value
            assert net.output("net.py") == expected
    finally:
        del os.environ["TF2KIT_CACHE"]


def test_a_folder_that_others_can_write_to_is_not_used(net: Place) -> None:
    net.cache.mkdir()
    net.cache.chmod(0o777)
    assert net.output("net.py") == ["placeholder of a placeholder of model"]
    assert list(net.cache.iterdir()) == []
    assert "not used: others can write there" in net.run("-v", "net.py").stderr


def test_the_folder_is_made_for_the_user_alone(net: Place) -> None:
    net.output("net.py")
    assert net.cache.stat().st_mode & 0o777 == 0o700


def test_a_program_runs_where_nothing_can_be_written(net: Place) -> None:
    net.cache.write_text("not a folder")
    assert net.output("net.py") == net.output("net.py") == ["placeholder of a placeholder of model"]


def test_runs_at_the_same_time_do_not_disturb_each_other(net: Place) -> None:
    with ThreadPoolExecutor(4) as pool:
        outputs = list(pool.map(lambda _: net.output("net.py"), range(4)))
    assert outputs == [["placeholder of a placeholder of model"]] * 4
    assert len(list(net.cache.iterdir())) == 1


def test_the_oldest_entries_go_when_there_are_too_many_or_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TF2KIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(memory, "MOST", 3)
    monkeypatch.setattr(memory, "LARGEST", 1000)
    for i, name in enumerate("abcd"):
        memory.write(name, b"x" * 100)
        os.utime(tmp_path / "cache" / f"{name}.run", (i, i))
    assert [memory.read(name) is not None for name in "abcd"] == [False, True, True, True]
    memory.write("e", b"x" * 800)
    assert [memory.read(name) is not None for name in "bcde"] == [False, False, True, True]


def test_another_optimization_level_has_entries_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "from tf2kit.runner import memory; print(memory.key('x'))"
    keys = {subprocess.check_output([sys.executable, *o, "-c", code]) for o in ([], ["-O"], ["-OO"])}
    assert len(keys) == 3
