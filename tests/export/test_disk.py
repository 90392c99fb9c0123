"""A disk that is really full: a file system of a few kilobytes, mounted where only the test sees it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

_ALONE = ["unshare", "--map-root-user", "--mount"]
_ON_SMALL_DISK = """\
mount -t tmpfs -o size=$2 small "$1" || exit 77
"$3" -m tf2kit export tflite "$4" -o "$1/m.tflite"
code=$?
ls -A "$1"
exit $code"""


# the first is too small for the weights, which TensorFlow writes; the second for the file, which we write
@pytest.mark.slow
@pytest.mark.parametrize(("model", "size"), [("mlp", "40k"), ("saved_model_1", "4k")])
def test_a_full_disk_is_said_and_nothing_is_left_on_it(
    model: str, size: str, zoo: Callable[[str], str], tmp_path: Path
) -> None:
    if not shutil.which("unshare"):
        pytest.skip("needs unshare, to mount a small disk")
    command = ["sh", "-c", _ON_SMALL_DISK, "sh", str(tmp_path), size, sys.executable, zoo(model)]
    done = subprocess.run([*_ALONE, *command], capture_output=True, text=True)
    if done.returncode == 77 or "unshare:" in done.stderr:
        pytest.skip(f"this system does not let users mount: {done.stderr.strip()}")
    assert done.returncode == 2, done.stdout + done.stderr
    assert f"No space left on device: {tmp_path}/m.tflite could not be written." in done.stderr
    assert "TMPDIR" in done.stderr
    assert done.stdout == ""
