"""What native programs cost to make and to run: ``python -m tests.bench_native``.

(f) The native programs of examples/legacy against the same programs on compat, in alternating processes: the median time of a call at the
line that runs the graph most often (`Session.run` there, a `tf.function` here). The first calls, which trace, are left out.
(g) Processor time of lifting next to the official script's default mode on the same file.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import runpy
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from tf2kit.migrate import module

from examples import native, programs
from tests.laws.support import legacy_texts, run

ROUNDS = 3
_WARM = 3  # calls of a line that are left out: tracing, and what caches fill
_DEEP = re.compile(r"conv2d|conv1d|rnn|LSTM|GRU")


def _script(name: str, level: str, folder: Path) -> Path:
    """The program ``name`` at a level, as a script in a folder of its own, beside its modules."""
    home = folder / level / name.replace("/", "_")
    for path, result in run(legacy_texts(), level=level).items():
        if path == name or Path(path).parent == Path(name).parent != Path():
            (home / path).parent.mkdir(parents=True, exist_ok=True)
            (home / path).write_bytes(result.after)
    return programs.staged(home / name, home)


def _watched(script: str) -> None:
    """Run a script and print, as JSON, the seconds of each call that runs a graph, by line of the script."""
    import tensorflow.compat.v1 as tf
    from tensorflow.python.eager.polymorphic_function import polymorphic_function

    calls: dict[int, list[float]] = {}
    inside = [False]

    def timed(original: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(original)
        def call(*args: Any, **kwargs: Any) -> Any:
            if inside[0]:
                return original(*args, **kwargs)
            frame = sys._getframe(1)
            while frame.f_back is not None and frame.f_code.co_filename != script:
                frame = frame.f_back
            inside[0], began = True, time.perf_counter()
            try:
                return original(*args, **kwargs)
            finally:
                calls.setdefault(frame.f_lineno, []).append(time.perf_counter() - began)
                inside[0] = False

        return call

    tf.Session.run = timed(tf.Session.run)
    polymorphic_function.Function.__call__ = timed(polymorphic_function.Function.__call__)
    sys.argv = [script]
    sys.path.insert(0, str(Path(script).parent))
    with contextlib.suppress(SystemExit):
        runpy.run_path(script, run_name="__main__")
    print("\n" + json.dumps(calls))


def _step(script: Path) -> float:
    """Median seconds of a call at the busiest line; 0.0 when no line runs a graph often."""
    env = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0", "CUDA_VISIBLE_DEVICES": "-1"}
    env["PYTHONPATH"] = str(Path.cwd())
    with tempfile.TemporaryDirectory() as empty:
        command = [sys.executable, "-W", "ignore", "-m", "tests.bench_native", str(script)]
        done = subprocess.run(command, cwd=empty, env=env, capture_output=True, text=True, check=True)
    calls = json.loads(done.stdout.splitlines()[-1])
    busiest = max(calls.values(), key=len, default=[])
    return statistics.median(busiest[_WARM:]) if len(busiest) > 2 * _WARM else 0.0


def steps(folder: Path) -> None:
    """(f): time per step at both levels."""
    print(f"(f) time of a training step, medians, the best of {ROUNDS} alternating runs")
    ratios: dict[str, float] = {}
    for name in (p.name for p in native.legacy() if p.files):
        scripts = [_script(name, level, folder) for level in ("compat", "native")]
        times = [[_step(script) for script in scripts] for _ in range(ROUNDS)]
        compat, new = (min(column) for column in zip(*times, strict=True))
        if not compat or not new:
            print(f"    {name:28} has no line that runs a graph many times at both levels")
            continue
        ratios[name] = new / compat
        print(f"    {name:28} compat {1000 * compat:7.3f} ms  native {1000 * new:7.3f} ms  ratio {new / compat:.2f}")
    deep = [ratio for name, ratio in ratios.items() if _DEEP.search((programs.LEGACY / name).read_text("utf-8"))]
    print(
        f"    median ratio {statistics.median(ratios.values()):.2f}; of convolutional and recurrent programs", end=" "
    )
    print(f"{sum(r < 1 for r in deep)} of {len(deep)} are faster")


def lifting() -> None:
    """(g): processor time of lifting and of the official script, in one process that has loaded both."""
    from tf2kit.migrate import lifting, official, stages
    from tf2kit.migrate.discover import InputFile
    from tf2kit.migrate.facts import Facts
    from tf2kit.migrate.options import Options
    from tf2kit.migrate.work import Task

    stages.configure(Options(level="native", official="default"), in_worker=True)
    ratios = []
    for name in (p.name for p in native.legacy() if p.files and p.name.endswith(".py") and p.name != programs.PYTHON2):
        raw = (programs.LEGACY / name).read_bytes()
        alone = Task(InputFile(name, raw))
        facts = stages.analyse(alone)
        assert isinstance(facts, Facts)
        task = Task(alone.file, members=(Task(alone.file, facts=facts),))
        ours = _cheapest(lambda task=task: lifting.lift(task))
        theirs = _cheapest(lambda raw=raw: official.upgrade(raw.decode(), "default"))
        ratios.append(ours / theirs)
        print(
            f"    {name:28} lifting {1000 * ours:6.0f} ms  official script {1000 * theirs:6.0f} ms  ratio {ratios[-1]:.1f}"
        )
    print(f"    median ratio {statistics.median(ratios):.1f}, largest {max(ratios):.1f}")


def _cheapest(work: Callable[[], object]) -> float:
    """Least processor seconds of some runs that print nothing and remember no tree; the first warms up."""
    found = []
    for _ in range(ROUNDS + 1):
        module.parse.cache_clear()
        began = time.process_time()
        with contextlib.redirect_stdout(io.StringIO()):
            work()
        found.append(time.process_time() - began)
    return min(found[1:])


def main() -> None:
    """Both measurements; the official script's stubs would be in the way of the first, so it comes last."""
    with tempfile.TemporaryDirectory(prefix="tf2kit-bench-") as name:
        steps(Path(name).resolve())
    print("(g) processor time of lifting a program, next to the official script on the same file")
    lifting()


if __name__ == "__main__":
    _watched(sys.argv[1]) if sys.argv[1:] else main()
