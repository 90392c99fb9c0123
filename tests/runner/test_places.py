"""Which source files belong to a program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tf2kit.runner.places import Places, is_foreign


def test_all_but_the_standard_library_and_installed_packages_belongs_to_a_program(tmp_path: Path) -> None:
    places = Places(str(tmp_path / "app"))
    inside = ["app/net.py", "app/lib/model.py", "other/util.py", "my-site-packages/a.py", "app"]
    outside = ["app/venv/lib/python3/site-packages/old.py", "x/dist-packages/old.py"]
    assert [name for name in inside if not places.holds(str(tmp_path / name))] == []
    assert [name for name in outside if places.holds(str(tmp_path / name))] == []
    assert not places.holds(os.path.realpath(os.__file__))
    assert not places.holds(os.path.realpath(pytest.__file__))


def test_an_installed_package_that_is_started_by_its_name_is_a_program(tmp_path: Path) -> None:
    site = str(tmp_path / "lib" / "site-packages")
    places = Places(site, os.path.join(site, "old"))
    assert places.holds(os.path.join(site, "old", "train.py"))
    assert not places.holds(os.path.join(site, "other", "train.py"))
    assert places.roots()[0] == site


def test_a_program_that_lies_around_the_interpreter_does_not_hold_it() -> None:
    assert not Places(os.path.dirname(sys.prefix)).holds(os.path.realpath(os.__file__))


def test_the_path_of_python_gives_the_folders_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("app", "shared", "site-packages"):
        (tmp_path / name).mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "shared")
    monkeypatch.chdir(tmp_path / "app")
    monkeypatch.setattr(sys, "path", ["", "../link", str(tmp_path / "site-packages"), "nope", *sys.path[:1]])
    roots = Places(str(tmp_path / "app")).roots()
    assert roots[:2] == [str(tmp_path / "app"), str(tmp_path / "shared")]
    assert str(tmp_path / "site-packages") not in roots


@pytest.mark.parametrize(
    ("name", "foreign"),
    [("tensorflow", True), ("tf2kit.migrate", True), ("tensorflow_models.x", False), ("tf2", False)],
)
def test_tensorflow_and_tf2kit_belong_to_no_program(name: str, foreign: bool) -> None:
    assert is_foreign(name) is foreign
