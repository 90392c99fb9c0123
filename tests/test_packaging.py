"""The wheel holds every file of the rooms and nothing else; versions are bounded, pinned and free of addresses."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parent.parent
ROOMS = {
    "src/tf2kit": "tf2kit",
    "lessons": "tf2kit/lessons/notebooks",
    "migrate": "tf2kit/migrate",
    "tflite": "tf2kit/tflite",
    "tfjs": "tf2kit/tfjs",
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PINS = [line for line in (ROOT / "requirements.txt").read_text().splitlines() if line and not line.startswith("#")]


def project_files() -> list[str]:
    """Files of the project that git does not ignore; all but caches where there is no git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        listed = [p.relative_to(ROOT).as_posix() for room in ROOMS for p in (ROOT / room).rglob("*")]
        listed += ["pyproject.toml", "README.md", "LICENSE"]
    return [f for f in listed if f and (ROOT / f).is_file() and not f.endswith((".pyc", ".egg-info"))]


def installed_name(path: str) -> str | None:
    """Where a file of a room lies in the wheel."""
    return next(
        (f"{target}/{path[len(room) + 1 :]}" for room, target in ROOMS.items() if path.startswith(room + "/")), None
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that no build folder of an earlier time gets in."""
    pytest.importorskip("build", reason="needs the tools of requirements.txt: make setup")
    pytest.importorskip("setuptools", minversion="77", reason="needs the tools of requirements.txt: make setup")
    copy = tmp_path_factory.mktemp("tree")
    for name in project_files():
        if installed_name(name) or "/" not in name:
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(copy / "out"), str(copy)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return next((copy / "out").glob("*.whl"))


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_rooms_and_nothing_else(wheel: Path) -> None:
    expected = {installed for f in project_files() if (installed := installed_name(f))}
    with zipfile.ZipFile(wheel) as archive:
        names = {n for n in archive.namelist() if not n.split("/")[0].endswith(".dist-info")}
    assert sorted(expected - names) == [], "missing: is the sub-package listed in pyproject.toml?"
    assert sorted(names - expected) == []


def test_every_folder_with_modules_is_a_listed_package() -> None:
    folders = {
        Path(name).parent.as_posix().replace("/", ".")
        for f in project_files()
        if f.endswith(".py") and (name := installed_name(f))
    }
    assert sorted(PROJECT["tool"]["setuptools"]["packages"]) == sorted(folders)


def test_every_dependency_has_a_lower_and_an_upper_bound() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    for line in PROJECT["project"]["dependencies"] + [x for rows in extras.values() for x in rows]:
        if line.startswith(
            ("tf2kit[", "setuptools")
        ):  # setuptools numbers its versions too fast for a bound to mean anything
            continue
        assert re.search(r">=.*,<", line), line


def test_requirements_are_exact_versions_without_options_or_addresses() -> None:
    for line in PINS:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+( ; .+)?", line), line


def test_requirements_pin_every_direct_dependency() -> None:
    pinned = {re.split("==", line)[0].lower().replace("_", "-") for line in PINS}
    project = PROJECT["project"]
    for line in [
        *project["dependencies"],
        *project["optional-dependencies"]["dev"],
        *project["optional-dependencies"]["examples"],
    ]:
        name = re.split(r"[><=\[;]", line)[0].lower().replace("_", "-")
        assert name == "tf2kit" or name in pinned, name


def test_the_project_names_no_host() -> None:
    assert "urls" not in PROJECT["project"]
    assert "://" not in (ROOT / "requirements.txt").read_text()


def test_continuous_integration_runs_what_people_run() -> None:
    script = ROOT / ".ci" / "run"
    assert "make test" in script.read_text()
    assert script.stat().st_mode & stat.S_IXUSR


def test_the_makefile_has_at_most_eighteen_targets() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.M)
    assert 0 < len(set(targets)) <= 18
