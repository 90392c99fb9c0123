"""The names of a table at work: chains, re-bindings and imports of names that moved, were renamed or are gone.

A row of a table (``migrate/tables/rot_*.json``) has ``to``, the full new name, or ``todo``, what a person does
instead. Further keys: ``safety`` (``safe`` unless given), ``note``, ``severity`` (of a row with ``todo``), and for
calls ``arguments`` (rewrite only a call with that many positional arguments and no others), ``append`` (one more
argument), ``after`` (text behind the call) and ``wrap`` (text around the name).
"""

from __future__ import annotations

import ast
import builtins
import functools
import importlib.resources
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from ...findings import Edit, Finding, Fix, Safety, Severity
from ...imports import Move, aliases_by_statement, move_aliases, rewrite_use
from ...module import Module
from ...relocate import longest_match
from ...scopes import Imported, ImportStatement, Use
from ...statements import insert_after
from ..python2.scan import guarded, import_fallbacks

Row = dict[str, Any]


@functools.cache
def table(name: str) -> dict[str, Row]:
    """The rows of ``rot_<name>.json`` by full old name."""
    package = __package__.rpartition(".rules.")[0] + ".tables"
    text = importlib.resources.files(package).joinpath(f"rot_{name}.json").read_text(encoding="utf-8")
    rows: dict[str, Row] = json.loads(text)["names"]
    return rows


def findings(module: Module, code: str, rows: dict[str, Row]) -> Iterator[Finding]:
    """One finding for each place that names something in ``rows``."""
    kept: set[ast.AST] | None = None
    own = _own_modules(module)
    for use in module.uses:
        key = _longest(use.full, rows)
        if key is None or len(key) <= len(use.base_full) or key.split(".")[0] in own:
            continue
        if kept is None:
            kept = guarded(module.tree)
        if use.node in kept:
            continue
        if not _follows_import(use, key, rows):
            yield _of_use(module, code, use, key, rows[key])
        elif (
            rows[key].get("safety") == "unsafe"
        ):  # the import moves, so all that is left to do is to tell what is different
            yield _finding(
                code, _message(key, rows[key]), module.span(use.node), {**rows[key], "severity": "warning"}, None
            )
    for node, imported in aliases_by_statement(module.imports).items():
        keys = {i: key for i in imported if (key := _longest(i.target, rows)) is not None}
        hits = {i: key for i, key in keys.items() if key.split(".")[0] not in own}
        if hits:
            if kept is None:
                kept = guarded(module.tree)
            if node not in kept and node not in import_fallbacks(module.tree):
                yield from _of_import(module, code, node, hits, rows)


def _own_modules(module: Module) -> set[str]:
    """Names of modules of the user's own tree that this module imports: ``commands.py`` hides the one of the library."""
    paths = module.facts.first_party if module.facts is not None else ()
    return {PurePath(path).stem for path in paths}


def _longest(full: str, rows: dict[str, Row]) -> str | None:
    """The longest dotted prefix of ``full`` that has a row."""
    found = longest_match(full, rows.get)
    return found[0] if found else None


def _follows_import(use: Use, key: str, rows: dict[str, Row]) -> bool:
    """Whether moving the import of the use's base name is all that is needed: ``import old.module as m; m.f``."""
    base = rows.get(use.base_full)
    row = rows[key]
    return (
        base is not None
        and "to" in base
        and row.get("to") == base["to"] + key[len(use.base_full) :]
        and not _changes_call(row)
    )


def _changes_call(row: Row) -> bool:
    return any(k in row for k in ("append", "after", "wrap", "arguments"))


def _message(full: str, row: Row) -> str:
    if "to" not in row:
        return f"{full} is gone"
    new = row["to"].removeprefix("builtins.")
    note = f" ({row['note']})" if "note" in row else ""
    return f"{full} is {new} now{note}"


def _finding(code: str, message: str, span: tuple[int, int], row: Row, fix: Fix | None) -> Finding:
    todo = row.get("todo") or f"use {row['to'].removeprefix('builtins.')}" + (
        f": {row['note']}" if "note" in row else ""
    )
    return Finding(code, message, *span, fix, Severity(row.get("severity", "error")), todo)


# -- attribute chains ------------------------------------------------------------------------------------------------


def _of_use(module: Module, code: str, use: Use, key: str, row: Row) -> Finding:
    fix = _use_fix(module, use, key, row) if "to" in row else None
    return _finding(code, _message(key, row), module.span(use.node), row, fix)


def _use_fix(module: Module, use: Use, key: str, row: Row) -> Fix | None:
    keep = use.full.count(".") - key.count(".")
    target: str = row["to"]
    safety = Safety(row.get("safety", "safe"))
    extra = _call_edits(module, use, keep, row)
    if extra is None:
        return None
    if target.startswith("builtins."):
        name = target.removeprefix("builtins.")
        if _taken(module, use, name.split(".")[0], key):
            return None
        node = _inner(use.node, keep)
        return Fix((Edit(*module.span(node), name.encode()), *extra), safety)
    home = _home(target)
    fix = rewrite_use(module, use, keep, _move(target, home), safety)
    if fix is None:
        return None
    edits = fix.edits
    if "wrap" in row:
        edits = tuple(replace(e, text=row["wrap"].format(e.text.decode()).encode()) for e in edits)
    load = () if fix.imports else _load(module, use, home)
    return Fix((*edits, *extra, *load), safety, fix.imports)


def _taken(module: Module, use: Use, name: str, key: str) -> bool:
    """Whether a builtin's name means something else at the place of ``use``; ``from numpy import float`` moves as well."""
    if name not in use.scope.names():
        return False
    hit = module.names.lookup(name, use.scope, (use.base.lineno, use.base.col_offset))
    return hit is None or hit[0] != key


def _inner(node: ast.expr, keep: int) -> ast.expr:
    for _ in range(keep):
        assert isinstance(node, ast.Attribute)
        node = node.value
    return node


def _call_edits(module: Module, use: Use, keep: int, row: Row) -> tuple[Edit, ...] | None:
    """Edits of the call around the name; None where the row asks for a call of another form."""
    if not any(k in row for k in ("append", "after", "arguments")):
        return ()
    call = use.call
    if call is None or keep or any(isinstance(a, ast.Starred) for a in call.args):
        return None
    if "arguments" in row and (len(call.args) != row["arguments"] or call.keywords):
        return None
    edits = []
    _, end = module.span(call)
    if "append" in row:
        last = module.span(call.args[-1])[1]
        if isinstance(call.args[-1], ast.GeneratorExp):
            return None
        edits.append(Edit(last, last, f", {row['append']}".encode()) if _plain_tail(module, last, end) else None)
    if "after" in row:
        edits.append(Edit(end, end, row["after"].encode()))
    return None if None in edits else tuple(e for e in edits if e is not None)


def _plain_tail(module: Module, last: int, end: int) -> bool:
    """Whether only the closing parenthesis follows the last argument: no parentheses around it, no trailing comma."""
    return module.text[last:end].strip() == b")"


def _home(target: str) -> str:
    """The module that holds ``target``: its longest part in lower case that is not the name itself."""
    parts = target.split(".")
    if len(parts) == 1 or parts[0] == "numpy":
        return parts[0]  # numpy has all its submodules as attributes
    count = len(parts) - 1
    while count > 1 and parts[count - 1][:1].isupper():
        count -= 1
    return ".".join(parts[:count])


def _move(target: str, home: str) -> Move:
    return Move.through(target, home, "np" if home == "numpy" else "")


def _load(module: Module, use: Use, home: str) -> tuple[Edit, ...]:
    """An import of the submodule ``home`` behind the import that the use goes through, where nothing loads it yet."""
    root = home.split(".")[0]
    if "." not in home or use.base_full != root or any(_loads(i, home) for i in module.imports):
        return ()
    binding = use.binding
    if not isinstance(binding, ast.Import | ast.ImportFrom) or root in {"numpy", "scipy", "sklearn", "builtins"}:
        return ()  # these load their submodules when asked for them
    return (insert_after(module, binding, [f"import {home}"]),)


def _loads(imported: Imported, home: str) -> bool:
    return imported.top_level and (imported.target == home or imported.target.startswith(home + "."))


# -- import statements -----------------------------------------------------------------------------------------------


def _of_import(
    module: Module, code: str, node: ImportStatement, hits: dict[Imported, str], rows: dict[str, Row]
) -> Iterator[Finding]:
    targets = {i.alias: t for i, key in hits.items() if (t := _import_target(i, key, rows)) != ""}
    safeties = [rows[k].get("safety", "safe") for i, k in hits.items() if i.alias in targets]
    fix = None
    if targets:
        fix = move_aliases(module, node, targets, Safety.UNSAFE if "unsafe" in safeties else Safety.SAFE)
    for imported, key in hits.items():
        row = rows[key]
        span = module.span(imported.alias)
        if key != imported.target and "to" in row and imported.alias not in targets:
            row = {"todo": f"{row['to']} has no {imported.target[len(key) + 1 :]} that is known; look for it there"}
            yield _finding(code, f"{imported.target} is gone", span, row, None)
            continue
        mine = fix if imported.alias in targets else None
        yield _finding(code, _message(key, row), span, row, mine)


def _import_target(imported: Imported, key: str, rows: dict[str, Row]) -> str | None:
    """Where the alias is imported from from now on; None: nowhere (a builtin of the same name), "": it stays."""
    row = rows[key]
    if "to" not in row or _changes_call(row) or key != imported.target:
        return ""
    target: str = row["to"]
    name = target.removeprefix("builtins.")
    if name != target and name == imported.local and hasattr(builtins, name):
        return None if imported.top_level else ""
    return target
