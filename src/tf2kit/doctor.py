"""What tf2kit finds on this machine: versions of what it needs, what is missing, and how to get it. Imports and runs no TensorFlow."""

from __future__ import annotations

import contextlib
import importlib.metadata as metadata
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Version = tuple[int, ...]
TIMEOUT = 5.0  # seconds that a program gets to say its version
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked for.

    Attributes:
      name: what it is.
      purpose: what tf2kit needs it for.
      version: what is there; None when it is missing.
      wanted: the versions that will do, as text; empty when any will.
      good: whether it is there in such a version.
      required: whether `tf2kit migrate` needs it.
      how: how to get it.
    """

    name: str
    purpose: str
    version: str | None
    wanted: str
    good: bool
    required: bool
    how: str


@dataclass(frozen=True, slots=True)
class Package:
    """A Python package to look for; ``low`` is the first version that will do, ``high`` the first that will not."""

    name: str
    label: str
    purpose: str
    low: Version
    high: Version
    required: bool


# the same ranges as in pyproject.toml; a test compares them
PACKAGES = (
    Package(
        "tensorflow", "TensorFlow", "the official pass reads its tables; runs what was migrated", (2, 21), (2, 22), True
    ),
    Package("keras", "Keras", "Keras 3, comes with TensorFlow", (3,), (4,), False),
    Package("tf_keras", "legacy Keras (tf_keras)", "programs with tf.layers or rnn_cell", (2, 21), (2, 22), False),
    Package("ai-edge-litert", "LiteRT", "runs TensorFlow Lite exports to prove them", (2, 1), (3,), False),
    Package("tf2onnx", "tf2onnx", "writes ONNX exports", (1, 16), (2,), False),
    Package("onnxruntime", "ONNX Runtime", "runs ONNX exports to prove them", (1, 20), (2,), False),
    Package("google-pasta", "google-pasta", "the official pass", (0, 2), (0, 3), True),
    Package("fissix", "fissix", "Python 2 files", (24, 4), (25,), True),
)


def examine() -> list[Check]:
    """Look for everything, in the order in which it is shown. Takes as long as ``node --version``."""
    return [_tf2kit(), _python(), *(_package(package) for package in PACKAGES), _node(), _tfjs(), _chromium()]


def _tf2kit() -> Check:
    from .cli import version

    return Check("tf2kit", "this program", version(), "", True, True, "pip install tf2kit")


def _python() -> Check:
    good = (3, 10) <= sys.version_info[:2] < (3, 14)
    how = "install Python 3.10 to 3.13 and make a virtual environment with it"
    return Check("Python", "everything", platform.python_version(), ">=3.10,<3.14", good, True, how)


def _package(package: Package) -> Check:
    try:
        version = metadata.version(package.name)
    except metadata.PackageNotFoundError:
        version = None
    good = version is not None and package.low <= numbers(version) < package.high
    wanted = f">={_dotted(package.low)},<{_dotted(package.high)}"
    how = f'{sys.executable} -m pip install "{package.name}{wanted}"'
    return Check(package.label, package.purpose, version, wanted, good, package.required, how)


def _node() -> Check:
    path = shutil.which("node")
    version = _ask(path) if path else None
    how = "from https://nodejs.org or your system's package manager"
    good = version is not None and numbers(version) >= (18,)
    return Check("Node.js", "runs TensorFlow.js exports to prove them", version, ">=18", good, False, how)


def _tfjs() -> Check:
    """The Node.js packages that exports to TensorFlow.js are run with."""
    purpose, how, version = (
        "with Node.js, runs exports to TensorFlow.js",
        f"{sys.executable} -m tf2kit.tfjs.nodejs",
        None,
    )
    with contextlib.suppress(ImportError, OSError, ValueError, KeyError):
        from tf2kit.tfjs import nodejs

        listed = nodejs.folder() / "node_modules" / "@tensorflow" / "tfjs-converter" / "package.json"
        version = json.loads(listed.read_text())["version"]
    return Check("TensorFlow.js", purpose, version, "", version is not None, False, how)


def _chromium() -> Check:
    version = next((v for path in _browsers() if (v := _ask(path)) is not None), None)
    how = "install Chromium or Google Chrome, or name one in CHROME_BIN"
    return Check("Chromium", "runs the TensorFlow.js demo page", version, "", version is not None, False, how)


def _browsers() -> Iterator[str]:
    """Programs that may be a Chromium, the most explicit first."""
    if os.environ.get("CHROME_BIN"):
        yield os.environ["CHROME_BIN"]
    yield from filter(None, map(shutil.which, CHROMIUM_NAMES))
    for app in ("Google Chrome", "Chromium"):
        path = Path("/Applications") / f"{app}.app" / "Contents" / "MacOS" / app
        if path.is_file():
            yield str(path)
    yield from sorted(map(str, Path.home().glob(".cache/ms-playwright/chromium-*/chrome-linux*/chrome")), reverse=True)


def _ask(path: str) -> str | None:
    """The version that a program prints for ``--version``; None when it does not start or says nothing in `TIMEOUT`."""
    try:
        answer = subprocess.run(
            [path, "--version"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=TIMEOUT,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"\d+(\.\d+)+", answer.stdout)
    return found.group() if answer.returncode == 0 and found else None


def numbers(version: str) -> Version:
    """The numbers at the start of a version: ``2.21.0rc1`` is (2, 21, 0)."""
    found = re.match(r"\d+(\.\d+)*", version)
    return tuple(int(n) for n in found.group().split(".")) if found else ()


def _dotted(version: Version) -> str:
    return ".".join(map(str, version))


def render(checks: list[Check], paint: Callable[[str, str], str]) -> str:
    """A table with one line for each check, and below it how to get what is missing."""
    wide = max(len(check.name) for check in checks)
    lines = []
    for check in checks:
        version = check.version or "missing"
        state = ("ok", "ok") if check.good else ("needed", "error") if check.required else ("optional", "warning")
        wanted = f" (wanted {check.wanted})" if check.wanted and not check.good else ""
        lines.append(
            f"  {paint(f'{state[0]:<8}', state[1])}  {check.name:<{wide}}  {version:<9}  {check.purpose}{wanted}\n"
        )
    missing = [check for check in checks if not check.good]
    if missing:
        lines.append("\nHow to get what is missing:\n")
        lines += [f"  {check.name}: {check.how}\n" for check in missing]
    ready = all(check.good for check in checks if check.required)
    lines.append(
        "\n"
        + (
            paint("tf2kit migrate has all it needs.", "ok")
            if ready
            else paint("tf2kit migrate cannot run yet.", "error")
        )
    )
    return "".join(lines) + "\n"
