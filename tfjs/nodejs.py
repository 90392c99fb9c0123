"""Node.js and the packages of TF.js: where they are, how they get there, and scripts that run in them.

``python -m tf2kit.tfjs.nodejs`` installs the packages of runtime/package-lock.json into this Python environment.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tf2kit.export.errors import ExportError, RuntimeMissingError

SCRIPTS = Path(__file__).with_name("runtime")
INSTALL = "python -m tf2kit.tfjs.nodejs"
# a model of the size of ResNet50 needs a minute on the plain JavaScript backend
SECONDS = 900


def folder() -> Path:
    """Where the packages lie. ``TF2KIT_NODE`` names another folder that has a node_modules in it."""
    if place := os.environ.get("TF2KIT_NODE"):
        return Path(place)
    return Path(sys.prefix) / "share" / "tf2kit" / "node"


def node() -> str:
    """The program node.

    Raises:
      RuntimeMissingError: it is not on the path.
    """
    if program := shutil.which("node"):
        return program
    raise RuntimeMissingError(
        "TF.js models are run in Node.js; there is no node on the path.", "Install Node.js 18 or later."
    )


def packages() -> Path:
    """The folder with the packages.

    Raises:
      RuntimeMissingError: they are not installed.
    """
    place = folder()
    if (place / "node_modules" / "@tensorflow" / "tfjs-converter").is_dir():
        return place
    raise RuntimeMissingError("The packages of TF.js that run models are not installed.", f"Run: {INSTALL}")


def install() -> Path:
    """Install what the lock file lists; the folder.

    Raises:
      RuntimeMissingError: no npm, or it failed.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeMissingError("There is no npm on the path.", "Install Node.js 18 or later, which brings it.")
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(SCRIPTS / name, place / name)
    command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    if done.returncode:
        message = f"npm could not install the packages of TF.js into {place}:\n{done.stderr[-2000:]}"
        raise RuntimeMissingError(message, f"See to the network and run again: {INSTALL}")
    return place


def script(name: str, text: str = "") -> str:
    """Run a script of runtime/ with `text` as its standard input; its standard output.

    Raises:
      RuntimeMissingError: no Node.js, or no packages.
      ExportError: the script failed.
    """
    command = [node(), str(SCRIPTS / name), str(packages())]
    try:
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=False, timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise ExportError(f"TF.js was still running after {SECONDS} seconds.") from error
    if done.returncode:
        raise ExportError(done.stderr.strip()[-2000:] or f"Node.js ended with code {done.returncode}.")
    return done.stdout


if __name__ == "__main__":
    try:
        print(f"installed in {install()}")
    except RuntimeMissingError as error:
        sys.exit(error.sentence())
