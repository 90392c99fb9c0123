"""Which names of a module stand for something that the module itself binds, and not a function or a class in it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
_NONE: frozenset[str] = frozenset()


def module_names(tree: ast.Module) -> Iterator[tuple[ast.Name, frozenset[str]]]:
    """The names that are looked up in the module, each with those that are bound in the functions around it."""
    for statement in tree.body:
        yield from _names(statement, _NONE, _NONE)


def _names(node: ast.AST, hidden: frozenset[str], own: frozenset[str]) -> Iterator[tuple[ast.Name, frozenset[str]]]:
    """``hidden``: names of the functions around. ``own``: names of the class whose body this is."""
    if isinstance(node, ast.Name):
        if node.id not in hidden | own:
            yield node, hidden | own
        return
    inner = hidden
    inside: list[ast.AST] = []
    if isinstance(node, _FUNCTIONS):
        inside = list(node.body) if isinstance(node.body, list) else [node.body]
        declared = {n for s in inside for d in ast.walk(s) if isinstance(d, ast.Global) for n in d.names}
        inner = (hidden | {a.arg for a in ast.walk(node.args) if isinstance(a, ast.arg)} | bound(inside)) - declared
        own_inside = _NONE
    elif isinstance(node, ast.ClassDef):
        inside, own_inside = list(node.body), bound(node.body)
    elif isinstance(node, _COMPREHENSIONS):
        targets = [g.target for g in node.generators]
        inner = hidden | {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
        first = node.generators[0].iter
        yield from _names(first, hidden, own)
        parts = [*targets, *(g.iter for g in node.generators[1:]), *(c for g in node.generators for c in g.ifs)]
        inside = [*parts, *((node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,))]
        for part in inside:
            yield from _names(part, inner, own)
        return
    else:
        own_inside = own
    seen = {id(n) for n in inside}
    for child in ast.iter_child_nodes(node):
        if id(child) not in seen:
            yield from _names(child, hidden, own)
    for part in inside:
        yield from _names(part, inner, own_inside)


def definitions(body: Iterable[ast.AST]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """The functions and classes that these statements define in their own scope."""
    for node in _direct(body):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node


def hidden(node: ast.AST) -> set[str]:
    """Names that this function or class, or one inside of it, binds for itself; imports do not count."""
    found: set[str] = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.arg):
            found.add(inner.arg)
        elif isinstance(inner, ast.Name) and not isinstance(inner.ctx, ast.Load):
            found.add(inner.id)
    return found


def bound(body: Iterable[ast.AST]) -> frozenset[str]:
    """The names that these statements bind in their own scope, by imports too."""
    found: set[str] = set()
    for node in _direct(body):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {(a.asname or a.name).split(".")[0] for a in node.names}
        elif isinstance(node, ast.ExceptHandler) and node.name:
            found.add(node.name)
    return frozenset(found)


def _direct(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """These nodes and what is below them, but for the inside of functions, classes and comprehensions."""
    for node in body:
        yield node
        if not isinstance(node, (*_FUNCTIONS, ast.ClassDef, *_COMPREHENSIONS)):
            yield from _direct(ast.iter_child_nodes(node))
