"""What `tf2kit verify` costs next to the two plain runs of a program of twenty steps: ``python -m tests.bench_verify [LEGACY_PYTHON]``."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path

from tests.bench import timed
from tests.verify import programs

ROUNDS = 3
PROGRAM = "mlp"


def main(legacy: str | None = None) -> None:
    """Print medians of alternating rounds, and the ratio of each round's wall times."""
    tf2kit = str(Path(sys.executable).with_name("tf2kit"))
    ratios, walls = [], []
    with tempfile.TemporaryDirectory(prefix="tf2kit-bench-") as name:
        folder = Path(name)
        old, new = folder / "old.py", folder / "new.py"
        old.write_text(programs.source(PROGRAM), encoding="utf-8")
        new.write_text(programs.migrated(programs.source(PROGRAM)), encoding="utf-8")
        os.chdir(folder)
        os.environ["TF2KIT_CACHE"] = str(folder / "cache")
        plain_old = [legacy, str(old)] if legacy else [tf2kit, "run", str(old)]
        both = [tf2kit, "verify", str(old), str(new), *(["--legacy-python", legacy] if legacy else [])]
        for _ in range(ROUNDS):
            runs = [timed(command).wall for command in (plain_old, [sys.executable, str(new)], both)]
            walls.append(runs)
            ratios.append(runs[2] / (runs[0] + runs[1]))
    reference = "TensorFlow 1" if legacy else "tf2kit run"
    print(f"(e) verify of a program with twenty steps against {reference}, medians of {ROUNDS} alternating rounds")
    for label, wall in zip(
        ("old alone", "new alone", "verify"), map(statistics.median, zip(*walls, strict=True)), strict=True
    ):
        print(f"    {label:10} {wall:6.1f} s")
    print(f"    verify takes {statistics.median(ratios):.2f} times the two plain runs")


if __name__ == "__main__":
    main(*sys.argv[1:2])
