"""What the rules on Python 2 habits share: names that no statement of the module binds, and the parents of nodes."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...module import Module


_IMPORT_ERRORS = ("ImportError", "ModuleNotFoundError", "Exception")


@functools.lru_cache(maxsize=1)
def all_nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """Every node of the module. Rules run one after the other on the same tree, so the last answers are kept."""
    return tuple(ast.walk(tree))


@functools.lru_cache(maxsize=1)
def bound_names(tree: ast.Module) -> frozenset[str]:
    """Every name that some statement of the module binds, in whatever scope."""
    bound: set[str] = set()
    for node in all_nodes(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            bound.add(node.id)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            bound.update((a.asname or a.name).split(".")[0] for a in node.names)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            bound.add(node.name)
    return frozenset(bound)


def builtin_names(module: Module, names: set[str]) -> Iterator[ast.Name]:
    """Uses of ``names`` that can only be meant as builtins: nothing in the module binds them and no ``except NameError`` guards them."""
    if not re.search(rb"\b(" + "|".join(sorted(names)).encode() + rb")\b", module.text):
        return
    free = names - bound_names(module.tree)
    kept = guarded(module.tree)
    for node in all_nodes(module.tree):
        if isinstance(node, ast.Name) and node.id in free and node not in kept:
            yield node


@functools.lru_cache(maxsize=1)
def guarded(tree: ast.Module) -> set[ast.AST]:
    """Nodes in the body of a ``try`` that expects a NameError, and under a test of the Python version."""
    nodes: set[ast.AST] = set()
    for node in all_nodes(tree):
        if isinstance(node, ast.Try) and any(_expects(h.type, "NameError") for h in node.handlers):
            nodes.update(inner for statement in node.body for inner in ast.walk(statement))
        elif isinstance(node, ast.If | ast.IfExp) and any(_mentions_version(part) for part in ast.walk(node.test)):
            nodes.update(ast.walk(node))
    return nodes


@functools.lru_cache(maxsize=1)
def import_fallbacks(tree: ast.Module) -> set[ast.AST]:
    """Imports in a ``try`` that expects them to fail, and those in its handlers."""
    nodes: set[ast.AST] = set()
    for node in all_nodes(tree):
        if isinstance(node, ast.Try) and any(_expects(h.type, kind) for h in node.handlers for kind in _IMPORT_ERRORS):
            parts = [*node.body, *(s for h in node.handlers for s in h.body)]
            nodes.update(
                inner for s in parts for inner in ast.walk(s) if isinstance(inner, ast.Import | ast.ImportFrom)
            )
    return nodes


def _expects(kind: ast.expr | None, name: str) -> bool:
    return kind is None or any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(kind))


def _mentions_version(node: ast.AST) -> bool:
    attribute = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return attribute in {"version_info", "PY2", "PY3", "hexversion", "python_version", "IS_PY2", "IS_PY3"}


def method_calls(module: Module, names: set[str]) -> Iterator[tuple[ast.Call, ast.Attribute]]:
    """Calls ``x.name(…)`` of a name in ``names`` on anything that is not an imported module or class, outside version guards."""
    if not any(name.encode() in module.text for name in names):
        return
    imported = {id(use.node) for use in module.uses}
    kept = guarded(module.tree)
    for node in all_nodes(module.tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node in kept:
            continue
        if node.func.attr in names and id(node.func) not in imported:
            yield node, node.func


def defines(module: Module, names: set[str]) -> bool:
    """Whether the module has a function or method with one of the names."""
    return any(
        isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef) and n.name in names for n in all_nodes(module.tree)
    )


@functools.lru_cache(maxsize=1)
def parents(tree: ast.Module) -> dict[ast.AST, ast.AST]:
    """The parent of each node."""
    return {child: node for node in all_nodes(tree) for child in ast.iter_child_nodes(node)}
