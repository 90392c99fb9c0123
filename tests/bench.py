"""Time and memory side by side with tf_upgrade_v2: ``python -m tests.bench [DIR]``.

Prints (a) one small file, (b) a tree, (c) cost per file from 100 to 10,000 files. Both tools read and write the same files in the same run,
alternating; every call is a fresh process as a user would start it. `bench_run` prints (d), what `tf2kit run` adds to a program,
`bench_verify` (e), what `tf2kit verify` costs next to two plain runs, and `bench_native` (f, g), what native programs cost.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.laws.support import LEGACY

RUNS = 5
TREE = 400
SIZES = (100, 1_000, 10_000)
SMALL = "import tensorflow as tf\nx = tf.placeholder(tf.float32)\n"
PLAIN = '''"""Helpers number {n} without TensorFlow."""
import os
import json


class Reader{n}(object):
    """Reads lines of a file."""

    def __init__(self, path, limit={n}):
        self.path = path
        self.limit = limit

    def lines(self):
        with open(os.path.join(self.path, "part-%d" % self.limit)) as f:
            return [json.loads(line) for line in f if line.strip()][: self.limit]


def total_{n}(values, weights=None):
    weights = weights or [1.0] * len(values)
    return sum(v * w for v, w in zip(values, weights)) / max(1e-9, sum(weights))
'''


# a wrapper, because the cost of children is only known of those that have ended
WRAPPER = """import resource, subprocess, sys
status = subprocess.call(sys.argv[1:])
cost = resource.getrusage(resource.RUSAGE_CHILDREN)
print()
print(status, cost.ru_maxrss, cost.ru_utime + cost.ru_stime)
"""


class Cost(NamedTuple):
    """What one command took: wall and processor seconds, and the peak resident MB of its largest process."""

    wall: float
    cpu: float
    peak: float

    def __str__(self) -> str:
        return f"{self.wall:7.2f} s {self.cpu:7.2f} s of processor {self.peak:6.0f} MB"


def timed(command: Sequence[str], env: Mapping[str, str] | None = None) -> Cost:
    """Run a command in a fresh process; the exit code 1 of tf2kit (findings are left) is fine.

    Raises:
      RuntimeError: the command failed.
    """
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-S", "-c", WRAPPER, *command], capture_output=True, text=True, env=env)
    wall = time.perf_counter() - start
    status, peak, cpu = done.stdout.splitlines()[-1].split()
    if int(status) not in (0, 1):
        raise RuntimeError(f"{command[:4]} ended with {status}: {done.stdout[-2000:]} {done.stderr[-2000:]}")
    return Cost(wall, float(cpu), int(peak) / 1024)


def best(rows: Sequence[Cost]) -> Cost:
    """The run with the least wall time."""
    return min(rows, key=lambda cost: cost.wall)


def official(*arguments: str) -> list[str]:
    """The command line of the official script, of the same environment as this interpreter."""
    return [str(Path(sys.executable).with_name("tf_upgrade_v2")), *arguments]


def ours(*arguments: str) -> list[str]:
    """The command line of tf2kit."""
    return [str(Path(sys.executable).with_name("tf2kit")), "migrate", *arguments, "-q", "--color", "never"]


def small_file(folder: Path) -> None:
    """(a): two lines in, two lines out; dry run against dry run would favour us, so both write."""
    source = folder / "small.py"
    source.write_text(SMALL)
    rows: dict[str, list[Cost]] = {"tf_upgrade_v2": [], "tf2kit": []}
    for i in range(RUNS):
        rows["tf_upgrade_v2"].append(
            timed(official("--infile", str(source), "--outfile", str(folder / f"o{i}.py"), "--reportfile", os.devnull))
        )
        rows["tf2kit"].append(timed(ours(str(source), "--output", str(folder / f"k{i}"))))
    print(f"(a) one file of two lines, medians of {RUNS} alternating runs")
    medians = {name: Cost(*map(statistics.median, zip(*found, strict=True))) for name, found in rows.items()}
    for name, cost in medians.items():
        print(f"    {name:14} {cost}")
    theirs, own = medians["tf_upgrade_v2"], medians["tf2kit"]
    print(
        f"    tf2kit is {theirs.wall / own.wall:.1f} times as fast and peaks at 1/{theirs.peak / own.peak:.1f} of the memory"
    )


def make_tree(folder: Path, count: int) -> float:
    """Copies of examples/legacy under other names with small changes, and as many files without TensorFlow; the share of the former."""
    programs = [p.read_text(encoding="utf-8") for p in sorted(LEGACY.glob("*.py")) if "python2" not in p.name]
    with_tensorflow = 0
    for i in range(count):
        place = folder / f"part{i % 20:02}"
        place.mkdir(parents=True, exist_ok=True)
        if i % 2:
            (place / f"helper_{i}.py").write_text(PLAIN.format(n=i))
        else:
            text = programs[i // 2 % len(programs)]
            (place / f"program_{i}.py").write_text(f"{text}\n\nVARIANT_{i} = {i}\n", encoding="utf-8")
            with_tensorflow += 1
    return with_tensorflow / count


def tree(folder: Path, given: Path | None) -> None:
    """(b): a whole tree, all passes of ours."""
    source = folder / "tree"
    if given is None:
        share = make_tree(source, TREE)
        files = TREE
    else:
        shutil.copytree(given, source, ignore=shutil.ignore_patterns(".git"))
        texts = [p.read_bytes() for p in source.rglob("*.py")]
        files, share = len(texts), sum(b"tensorflow" in t for t in texts) / max(1, len(texts))
    print(f"(b) a tree of {files} files, {share:.0%} of them with TensorFlow")
    rows: dict[str, list[Cost]] = {"tf_upgrade_v2": [], "tf2kit": []}
    for i in range(2):
        arguments = ["--intree", str(source), "--outtree", str(folder / f"ot{i}"), "--copyotherfiles", "False"]
        try:
            rows["tf_upgrade_v2"].append(timed(official(*arguments, "--reportfile", os.devnull)))
        except RuntimeError as error:
            print(f"    tf_upgrade_v2 gives up on this tree: {str(error).strip().splitlines()[-1][:120]}")
        rows["tf2kit"].append(timed(ours(str(source), "--output", str(folder / f"kt{i}"))))
    for name, found in rows.items():
        for cost in found:
            print(f"    {name:14} {cost}")
    if rows["tf_upgrade_v2"]:
        theirs, own = best(rows["tf_upgrade_v2"]), best(rows["tf2kit"])
        print(
            f"    tf2kit is {theirs.wall / own.wall:.1f} times as fast (processor time: {theirs.cpu / own.cpu:.1f}), best against best"
        )


def sizes(folder: Path) -> None:
    """(c): whether a file costs the same in a tree of any size."""
    print("(c) cost of a file by the size of the tree, half of the files with TensorFlow (a dry run)")
    for size in SIZES:
        source = folder / f"size{size}"
        make_tree(source, size)
        cost = timed(ours(str(source)))
        print(
            f"    {size:6} files {cost}: {1000 * cost.wall / size:.2f} ms, {1000 * cost.cpu / size:.2f} ms of processor a file"
        )


def main(arguments: Sequence[str]) -> None:
    """Run the three measurements."""
    given = Path(arguments[0]) if arguments else None
    print(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}")
    with tempfile.TemporaryDirectory(prefix="tf2kit-bench-") as name:
        small_file(Path(name))
        tree(Path(name), given)
        if given is None:
            sizes(Path(name))
    if given is None:
        from tests import bench_native, bench_run, bench_verify

        bench_run.main()
        bench_verify.main()
        bench_native.main()


if __name__ == "__main__":
    main(sys.argv[1:])
