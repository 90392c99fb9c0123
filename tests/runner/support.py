"""A folder with a TensorFlow 1 program, run by `tf2kit run` on a stand-in for TensorFlow: these tests are about how programs run."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

# what it says of itself tells whether a module was migrated: only compat.v1 has placeholders
_STUB = """
import os
keras = os.environ.get("TF_USE_LEGACY_KERAS")
def disable_v2_behavior(): print("graph mode")
def enable_eager_execution(): print("eager mode")
def placeholder(kind): return "placeholder of " + kind
class layers:
    dense = staticmethod(lambda x: "dense under Keras " + ("2" if keras == "1" else "3"))
"""


_ROOT = """
import os
if os.environ.get("TF_USE_LEGACY_KERAS") == "1":
    import tf_keras
"""


class Place:
    """A work folder beside the stand-in and a cache of its own."""

    def __init__(self, folder: Path) -> None:
        self.work = folder / "work"
        self.stub = folder / "site-packages"
        self.cache = folder / "cache"
        v1 = self.stub / "tensorflow" / "compat" / "v1"
        v1.mkdir(parents=True)
        (v1.parent / "__init__.py").write_text("")
        (v1.parent.parent / "__init__.py").write_text(_ROOT)
        (self.stub / "tf_keras.py").write_text("")
        (v1 / "__init__.py").write_text(_STUB)
        self.work.mkdir()

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else textwrap.dedent(text).encode())
        return path

    def environment(self, **changes: str | None) -> dict[str, str]:
        env = dict(os.environ, PYTHONPATH=str(self.stub), TF2KIT_CACHE=str(self.cache))
        env.pop("TF_USE_LEGACY_KERAS", None)
        return {name: value for name, value in {**env, **changes}.items() if value is not None}

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "tf2kit", "run", *words]

    def run(self, *words: str, cwd: str = ".", stdin: str = "", **env: str | None) -> subprocess.CompletedProcess[str]:
        """`tf2kit run` with ``words``, in a folder below the work folder."""
        return subprocess.run(
            self.command(*words),
            cwd=self.work / cwd,
            env=self.environment(**env),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def output(self, *words: str, cwd: str = ".") -> list[str]:
        """The lines that a program printed, without those of the stand-in; it ended well."""
        done = self.run(*words, cwd=cwd)
        assert done.returncode == 0, done.stdout + done.stderr
        return [line for line in done.stdout.splitlines() if line != "graph mode"]
