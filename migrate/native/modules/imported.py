"""``from`` imports between modules of a program, after the modules changed: what is gone goes, what is new comes in its place."""

from __future__ import annotations

import ast

from .. import imports
from ..needs import Need
from .parts import Part


def settled(text: str, part: Part, gone: set[str], needs: set[Need]) -> tuple[str, set[Need]]:
    """The text without imports of the local names in ``gone``; and the needs that no statement of it could take."""
    tree, lines = ast.parse(text), text.split("\n")
    rest = set(needs)
    changes: list[tuple[ast.ImportFrom, list[ast.alias]]] = []
    targets = {id(f.node): f.target for f in part.module.imports}
    by_names = {_key(f.node): targets[id(f.node)] for f in part.module.imports if isinstance(f.node, ast.ImportFrom)}
    for node in tree.body:
        if not isinstance(node, ast.ImportFrom) or _key(node) not in by_names:
            continue
        module = by_names[_key(node)].rpartition(".")[0]
        new = sorted(n for n in rest if n.module == module)
        lost = [a for a in node.names if (a.asname or a.name) in gone]
        if not lost and not new:
            continue
        rest -= set(new)
        at = node.names.index(lost[0]) if lost else len(node.names)
        added = [ast.alias(n.name, n.local if n.local != n.name else None) for n in new]
        kept = [*(a for a in node.names[:at] if a not in lost), *added, *(a for a in node.names[at:] if a not in lost)]
        changes.append((node, kept))
    for node, kept in reversed(changes):
        lines[node.lineno - 1 : node.end_lineno or node.lineno] = imports.written(node, kept, lines)
    return "\n".join(lines), rest


def _key(node: ast.AST) -> str:
    return ast.dump(node)
