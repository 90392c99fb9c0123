"""Our official pass against the real tf_upgrade_v2, file by file and in both modes: ``python -m tests.conformance DIR``.

The reference is the command line's own ``main()`` with its own arguments, under the real TensorFlow, in one process so that TensorFlow is
imported once. On every file that it converts, our in-memory call has to give the same text up to newlines, and the whole pipeline in safety
mode must leave no import of a module that does not exist. Exit code 1 if not.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.laws.support import ROOT, dead, live_names, run, tensorflow_names

MODES = ("safety", "default")

REFERENCE = """
import contextlib, io, json, os, sys
from tensorflow.tools.compatibility import tf_upgrade_v2_main
folder = sys.argv[1]
texts, paths = {}, json.load(sys.stdin)
for mode in ("safety", "default"):
    for path in paths:
        out = os.path.join(folder, "out.py")
        with contextlib.suppress(OSError):
            os.remove(out)
        sys.argv = ["tf_upgrade_v2", "--infile", path, "--outfile", out, "--mode", mode.upper(), "--reportfile", os.devnull]
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            try:
                tf_upgrade_v2_main.main()
                with open(out, encoding="utf-8") as file:
                    texts[mode + ":" + path] = file.read()
            except BaseException:
                texts[mode + ":" + path] = None
print("\\n@@" + json.dumps(texts))
"""

OURS = """
import contextlib, io, json, sys
from tf2kit.migrate import official
official.load()
texts = {}
for path, text in json.load(sys.stdin).items():
    for mode in ("safety", "default"):
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            try:
                texts[mode + ":" + path] = official.upgrade(text, mode).text
            except official.OfficialError:
                texts[mode + ":" + path] = None
print("\\n@@" + json.dumps(texts))
"""


@dataclass(slots=True)
class Outcome:
    """What was compared, in both modes together.

    Attributes:
      files: how many were read. equal: texts that are the same. failed: "mode:path" that the script could not convert.
      different: "mode:path" where ours is another text. dead: (path, name) of imports in our migrated text that do not exist.
    """

    files: int = 0
    equal: int = 0
    failed: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    dead: list[tuple[str, str]] = field(default_factory=list)


def _child(code: str, arguments: Sequence[str], given: object) -> dict[str, str | None]:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], input=json.dumps(given), cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    found: dict[str, str | None] = json.loads(done.stdout.rsplit("\n@@", 1)[1])
    return found


def compare(folder: Path) -> Outcome:
    """Compare on every .py file below a folder that is valid UTF-8."""
    texts: dict[str, str] = {}
    for path in sorted(folder.rglob("*.py")):
        raw = path.read_bytes()
        try:
            texts[str(path.resolve())] = raw.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    with tempfile.TemporaryDirectory() as scratch:
        reference = _child(REFERENCE, [scratch], list(texts))
    ours = _child(OURS, [], texts)
    outcome = Outcome(files=len(texts))
    for key, text in reference.items():
        path = key.partition(":")[2]
        if text is None or (not text and texts[path].strip()):
            outcome.failed.append(key)
        elif text == ours[key]:
            outcome.equal += 1
        else:
            outcome.different.append(key)
    readable = [p for p in texts if f"safety:{p}" not in outcome.failed]
    outcome.dead = list(_dead_imports(readable))
    return outcome


def _dead_imports(paths: Sequence[str]) -> list[tuple[str, str]]:
    """Imported TensorFlow modules of our migrated texts that do not exist and have no finding."""
    results = run({p: Path(p).read_bytes() for p in paths}, official="safety", jobs=0)
    found = []
    for path, result in results.items():
        if not result.changed:
            continue
        told = {d.symbol for d in result.left}
        for full, _ in tensorflow_names(ast.parse(result.after)):
            plain = "tf" + full.replace("tensorflow.compat.v1", "tensorflow", 1).removeprefix("tensorflow")
            if (
                dead(full, live_names())
                and not {plain, full} & told
                and not any(plain.startswith(t) for t in told if t)
            ):
                found.append((path, full))
    return found


def main(arguments: Sequence[str]) -> int:
    """Print the counts for a folder."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: python -m tests.conformance DIR", file=sys.stderr)
        return 2
    outcome = compare(Path(arguments[0]))
    failed = len(outcome.failed)
    print(f"{outcome.files} files in two modes: {outcome.equal} texts equal, {len(outcome.different)} different, "
          f"{failed} that tf_upgrade_v2 itself could not convert")  # fmt: skip
    for title, rows in (
        ("different", outcome.different),
        ("tf_upgrade_v2 failed", outcome.failed),
        ("dead names after our migration", [f"{p}: {name}" for p, name in outcome.dead]),
    ):
        for row in rows:
            print(f"  {title}: {row}")
    return int(bool(outcome.different or outcome.dead))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
