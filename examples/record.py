"""Record what the programs of examples/legacy print on TensorFlow 1.15.

Needs interpreters that have TensorFlow 1.15 and scikit-learn; for the Python 2 program, a Python 2.7 one:

    python3.7 -m examples.record [--python2 /path/to/python2.7] [NAME ...]

Programs that are not named, or cannot be run for want of Python 2, keep what was recorded before.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

from . import programs

SEED_RULE = (
    "np.random.seed and tf.set_random_seed, and an explicit seed (or NumPy initial value) at every random operation and"
    " initializer: a graph seed alone gives other numbers on TensorFlow 2, where operations are counted differently"
)
TOLERANCE = 1e-4
_VERSIONS = (
    "import platform, numpy, sklearn, tensorflow as t; "
    "print(';'.join([platform.python_version(), t.__version__, numpy.__version__, sklearn.__version__]))"
)


def versions(python: str) -> dict:
    """Versions of Python, TensorFlow, NumPy and scikit-learn of an interpreter."""
    text = subprocess.check_output([python, "-W", "ignore", "-c", _VERSIONS], stderr=subprocess.DEVNULL)
    return dict(zip(("python", "tensorflow", "numpy", "scikit-learn"), text.decode().strip().split(";")))  # noqa: B905


def record(python: str, name: str) -> dict:
    """Run ``name`` twice and return its row; the tolerance is never tighter than what TensorFlow 1.15 holds with itself."""
    path = programs.LEGACY / name
    output, seconds = programs.run([python], path)
    again, _ = programs.run([python], path)
    noise = programs.difference(output, again)
    return {
        "final_loss": programs.numbers(output.strip().split("\n")[-1])[-1],
        "tolerance": max(TOLERANCE, 10 * noise),
        "repeat_difference": noise,
        "seconds": round(seconds, 1),
        "versions": versions(python),
        "output": output.strip().split("\n"),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Record what examples/legacy prints on TensorFlow 1.15.")
    parser.add_argument("--python2", help="a Python 2.7 with TensorFlow 1.15, for " + programs.PYTHON2)
    parser.add_argument("names", nargs="*", default=[])
    args = parser.parse_args()
    rows = programs.recorded()["programs"] if programs.RECORDED.exists() else {}
    for name in args.names or programs.PROGRAMS:
        python = args.python2 if name == programs.PYTHON2 else sys.executable
        if python is None:
            programs.show("%-28s kept: it needs --python2" % name)
            continue
        rows[name] = record(python, name)
        programs.show("%-28s final loss %.6f, %.1f s" % (name, rows[name]["final_loss"], rows[name]["seconds"]))
    table = {
        "format": 1,
        "made_by": "python -m examples.record",
        "seed_rule": SEED_RULE,
        "compare": "difference = |new - old| / max(|old|, %g); words must be equal" % programs.FLOOR,
        "programs": {name: rows[name] for name in programs.PROGRAMS if name in rows},
    }
    programs.RECORDED.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
