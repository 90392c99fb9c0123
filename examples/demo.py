"""`make demo`: migrate the TensorFlow 1 programs of examples/legacy, run three of the results, compare the numbers."""

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
RUN = ("linear_regression.py", "lstm_sine.py", "logistic_regression.ipynb")


def migrate() -> None:
    """Migrate examples/legacy into build/demo and print the end of the report."""
    shutil.rmtree(OUT, ignore_errors=True)
    arguments = ["migrate", "examples/legacy", "--output", str(OUT), "--report", str(PAGE)]
    programs.show("$ tf2kit " + " ".join(arguments))
    began = time.monotonic()
    command = [sys.executable, "-m", "tf2kit", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    if done.returncode not in (0, 1):
        raise programs.ProgramError(f"tf2kit migrate ended with exit code {done.returncode}")
    overview = done.stdout.rstrip().split("\n\n")[-1]
    programs.show(f"{overview}\n({time.monotonic() - began:.1f} s)\n")


def show_diff(name: str) -> None:
    """Print what changed in one program."""
    sides = [(folder / name).read_text(encoding="utf-8").splitlines() for folder in (programs.LEGACY, OUT)]
    programs.show(f"What changed in {name}:")
    for line in difflib.unified_diff(*sides, lineterm="", n=0):
        if not line.startswith(("---", "+++", "@@")):
            programs.show("  " + line)
    programs.show("")


def compare(name: str) -> bool:
    """Run one migrated program on the installed TensorFlow and print its numbers next to the recorded ones."""
    row = programs.recorded()["programs"][name]
    try:
        output, seconds = programs.run(sys.executable, OUT / name)
        largest = programs.difference("\n".join(row["output"]), output)
    except programs.ProgramError as error:
        programs.show(f"{name}: {error}\n")
        return False
    same = largest <= row["tolerance"]
    programs.show(f"{name}, {seconds:.1f} s")
    lines = zip(row["output"], output.strip().split("\n"), strict=True)
    for old, new in [pair for pair in lines if programs.numbers(pair[0])][-2:]:
        programs.show(f"  TensorFlow 1.15  {old}\n  migrated         {new}")
    verdict = "the same" if same else "NOT THE SAME"
    programs.show(f"  {verdict}: largest difference {largest:.1e} (allowed {row['tolerance']:.0e})\n")
    return same


def main() -> int:
    began = time.monotonic()
    try:
        migrate()
    except programs.ProgramError as error:
        programs.show(str(error))
        return 1
    show_diff(SHOWN)
    programs.show("Running three of them on today's TensorFlow, next to what TensorFlow 1.15 printed:\n")
    good = sum([compare(name) for name in RUN])
    programs.show(
        f"{good} of {len(RUN)} print the same numbers. ({time.monotonic() - began:.0f} s)\n"
        f"The migrated programs are in {OUT}; the report is {PAGE}, for a browser."
    )
    return 0 if good == len(RUN) else 1


if __name__ == "__main__":
    sys.exit(main())
