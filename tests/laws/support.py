"""Shared by the tests that attack the migrator: run it in memory, and judge its output with a resolver of our own."""

from __future__ import annotations

import ast
import functools
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tf2kit.migrate.discover import InputFile
from tf2kit.migrate.findings import FileResult
from tf2kit.migrate.options import Options
from tf2kit.migrate.run import migrate

ROOT = Path(__file__).resolve().parents[2]
LEGACY = ROOT / "examples" / "legacy"
V1 = "tensorflow.compat.v1"
# what the pipeline says when it broke down itself
BROKEN = ("SRC004", "SRC005")


def run(files: Mapping[str, bytes | str], **options: Any) -> dict[str, FileResult]:
    """Migrate texts by path, in this process unless options say otherwise."""
    chosen = Options(**{"official": "off", "jobs": 1, **options})
    inputs = [InputFile(path, text.encode() if isinstance(text, str) else text) for path, text in files.items()]
    return {result.path: result for result in migrate(inputs, chosen).files}


def one(text: bytes | str, path: str = "program.py", **options: Any) -> FileResult:
    """Migrate one text."""
    return run({path: text}, **options)[path]


def after(text: bytes | str, **options: Any) -> str:
    """The migrated text of a program."""
    return one(text, **options).after.decode()


def codes(result: FileResult) -> set[str]:
    """Codes of all diagnostics."""
    return {d.code for d in result.diagnostics}


def cells(notebook: bytes) -> list[str]:
    """Sources of the code cells of a notebook."""
    return ["".join(c["source"]) for c in json.loads(notebook)["cells"] if c["cell_type"] == "code"]


def legacy_texts() -> dict[str, bytes]:
    """The TensorFlow 1 programs of examples/legacy."""
    found = [p for p in sorted(LEGACY.rglob("*")) if p.suffix in (".py", ".ipynb")]
    return {p.relative_to(LEGACY).as_posix(): p.read_bytes() for p in found}


def rule_texts() -> dict[str, bytes]:
    """The text in front of every rule's example."""
    folder = ROOT / "tests" / "rules"
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.glob("*/*/before.py"))}


# -- an independent judge --------------------------------------------------------------------------------------------


@functools.cache
def live_names() -> frozenset[str]:
    """Full names that the target has, below ``tensorflow`` and below ``tensorflow.compat.v1``, straight from the table."""
    rows = json.loads((ROOT / "migrate" / "tables" / "symbols.json").read_bytes())["names"]
    live = {"tensorflow", "tensorflow.compat", V1}
    for flags, names in rows.items():
        if set(flags) & {"3", "L"}:
            live.update(V1 + name.removeprefix("tf") for name in names)
        if set(flags) & {"k", "l"}:
            live.update("tensorflow" + name.removeprefix("tf") for name in names)
    return frozenset(live)


def tensorflow_names(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """(full name, line) of what a module imports from TensorFlow and of the chains that start at such an import.

    Deliberately simple: names that are bound to more than one thing anywhere in the module are left out.
    """
    bound: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        for local, full in _bindings(node):
            bound.setdefault(local, set()).add(full)
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((full, node.lineno) for full in _targets(node) if full.split(".")[0] == "tensorflow")
    sure = {local: next(iter(fulls)) for local, fulls in bound.items() if len(fulls) == 1}
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and id(node) not in inner:
            full = _spelled(node, sure)
            if full is not None and full.split(".")[0] == "tensorflow":
                yield full, node.lineno


def _targets(node: ast.Import | ast.ImportFrom) -> Iterable[str]:
    if isinstance(node, ast.Import):
        return [a.name for a in node.names]
    return [] if node.level else [f"{node.module}.{a.name}" for a in node.names if a.name != "*"]


def _bindings(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import):
        yield from ((a.asname, a.name) if a.asname else (a.name.split(".")[0],) * 2 for a in node.names)  # type: ignore[misc]
    elif isinstance(node, ast.ImportFrom):
        home = "?" if node.level else node.module
        yield from ((a.asname or a.name, f"{home}.{a.name}") for a in node.names)
    elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id, "?"
    elif isinstance(node, ast.arg):
        yield node.arg, "?"
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name, "?"


def _spelled(node: ast.expr, bound: Mapping[str, str]) -> str | None:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name) or node.id not in bound or bound[node.id] == "?":
        return None
    return ".".join([bound[node.id], *reversed(parts)])


@functools.cache
def _modules(live: frozenset[str]) -> frozenset[str]:
    return frozenset(name.rpartition(".")[0] for name in live)


def dead(full: str, live: frozenset[str]) -> bool:
    """Whether a name is dead: its longest public module does not have its next part."""
    if full.startswith(
        ("tensorflow.python", "tensorflow.core", f"{V1}.raw_ops", "tensorflow.raw_ops", "tensorflow.tools")
    ):
        return False  # not public API: other tables, other tests
    while full.startswith((f"{V1}.compat.v1", f"{V1}.compat.v2")):  # each name space holds the others
        full = "tensorflow" + full.removeprefix(V1)
    modules = _modules(live)
    prefix, parts = "tensorflow", full.split(".")[1:]
    for part in parts:
        if f"{prefix}.{part}" in live:
            prefix = f"{prefix}.{part}"
        elif part.startswith("__"):
            return False
        else:
            return prefix in modules
    return False
