"""Interpreters that have TensorFlow 1."""

from __future__ import annotations

import subprocess

# the version is read from the names of folders: importing TensorFlow would take seconds, and Python 3.7 has no importlib.metadata
_ASK = """
import glob, importlib.util, os, re, sys
spec = importlib.util.find_spec("tensorflow")
home = os.path.dirname(os.path.dirname(spec.origin)) if spec and spec.origin else ""
names = [os.path.basename(p) for p in glob.glob(os.path.join(home, "tensorflow*-*-info"))] if home else []
found = [m.group(1) for m in (re.match(r"tensorflow(?:[-_](?:cpu|gpu))?-([0-9.]*[0-9])", n) for n in names) if m]
print("%d.%d|%s|%s" % (sys.version_info[0], sys.version_info[1], "yes" if home else "no", found[0] if found else ""))
"""
_TIMEOUT = 60


class LegacyError(Exception):
    """An interpreter cannot run TensorFlow 1 programs; ``str()`` says why."""


def check(python: str) -> str:
    """The version of TensorFlow 1 that an interpreter has, such as "1.15.5"; empty when its name does not say.

    Raises:
      LegacyError: it is no Python interpreter of version 3.5 or newer, or has no TensorFlow 1.
    """
    try:
        done = subprocess.run([python, "-c", _ASK], capture_output=True, text=True, timeout=_TIMEOUT, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise LegacyError(f"{python} cannot be started ({type(error).__name__}); name a Python interpreter") from None
    answer = done.stdout.strip().split("|")
    if done.returncode or len(answer) != 3:
        raise LegacyError(f"{python} is not a Python interpreter that can be used")
    version, there, tensorflow = answer
    if tuple(map(int, version.split("."))) < (3, 6):
        raise LegacyError(f"{python} is Python {version}; the recorder needs 3.6 or newer")
    if there == "no":
        raise LegacyError(
            f"{python} (Python {version}) has no TensorFlow; install tensorflow==1.15.5 for Python 3.7 there"
        )
    if tensorflow and not tensorflow.startswith("1."):
        raise LegacyError(
            f"{python} has TensorFlow {tensorflow}, not 1.x; leave --legacy-python out to use `tf2kit run`"
        )
    return tensorflow
