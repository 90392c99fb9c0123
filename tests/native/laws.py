"""What must hold for every native text, judged without the lifter's own tables."""

from __future__ import annotations

import ast
import json
import subprocess
import sys

from tests.laws.support import dead, live_names, tensorflow_names

# unused imports and variables, undefined names, names bound twice in vain, syntax
RULES = "F401,F811,F821,F822,F823,F841,E9"
_OLD = (
    "Session",
    "InteractiveSession",
    "placeholder",
    "placeholder_with_default",
    "global_variables_initializer",
    "get_variable",
)


def leftovers(text: str) -> list[str]:
    """TensorFlow 1 in a text: names that TensorFlow 2 has not, under compat.v1 or dead, and imports that native code may not have."""
    tree = ast.parse(text)
    found = [full for full, _ in tensorflow_names(tree) if ".compat.v1" in full or dead(full, live_names())]
    found += [full for full, _ in tensorflow_names(tree) if full.rpartition(".")[2] in _OLD]
    for node in ast.walk(tree):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        found += [n for n in names if n.split(".")[0] in ("tf_keras", "tf_slim", "keras")]
        found += [n for n in names if n.startswith("tf2kit") and not n.startswith("tf2kit.compat.examples")]
    return found


def faults(text: str) -> set[tuple[str, str]]:
    """Code and message of what ruff finds wrong with the names of a text."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--select", RULES, "--output-format", "json", "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    return {(row["code"], row["message"]) for row in json.loads(done.stdout)}
