"""`make demo`: migrate the TensorFlow 1 programs of examples/legacy, and prove three of the results against TensorFlow 1.15."""

from __future__ import annotations

import difflib
import shutil
import subprocess
import sys
import time
from pathlib import Path

from . import programs

OUT = Path("build/demo")
PAGE = Path("build/demo.html")
SHOWN = "autoencoder.py"
PROVEN = ("linear_regression.py", "lstm_sine.py", "logistic_regression.ipynb")


def migrate() -> bool:
    """Migrate examples/legacy into build/demo, run three programs, print the end of the report; returns whether they are proven."""
    shutil.rmtree(OUT, ignore_errors=True)
    arguments = ["migrate", "examples/legacy", "--output", str(OUT), "--report", str(PAGE)]
    proof = ["--verify", *(word for name in PROVEN for word in ("--entry", name))]
    proof += ["--reference", "examples/legacy/recorded"]
    programs.show(f"$ tf2kit {' '.join(arguments)} \\\n    {' '.join(proof)}")
    command = [sys.executable, "-m", "tf2kit", *arguments, *proof]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    said = done.stdout.rstrip().split("\n\n")
    programs.show("\n\n".join(said[-len(PROVEN) - 1 :]) + "\n")
    return f"{len(PROVEN)} of {len(PROVEN)} programs proven." in said[-1]


def show_diff(name: str) -> None:
    """Print what changed in one program."""
    sides = [(folder / name).read_text(encoding="utf-8").splitlines() for folder in (programs.LEGACY, OUT)]
    programs.show(f"What changed in {name}:")
    for line in difflib.unified_diff(*sides, lineterm="", n=0):
        if not line.startswith(("---", "+++", "@@")):
            programs.show("  " + line)
    programs.show("")


def main() -> int:
    began = time.monotonic()
    if not migrate():
        return 1
    show_diff(SHOWN)
    programs.show(
        f"The migrated programs are in {OUT}; the report is {PAGE}, for a browser. ({time.monotonic() - began:.0f} s)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
