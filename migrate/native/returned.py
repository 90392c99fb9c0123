"""Functions that return the next element of a data set return the data set; who called them takes the element.

TensorFlow 1 built the iterator wherever such a function was called, so this is the same program; one iterator has a name then.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from .draft import Draft

_ITERATOR = "make_one_shot_iterator"


@dataclass(frozen=True, slots=True)
class _Returning:
    """A function, the data set that it ends with, and its statements that are about the element only."""

    function: ast.FunctionDef
    dataset: ast.expr
    tail: list[ast.stmt]


def write_out(draft: Draft) -> None:
    """Rewrite such functions, where all their calls bind what they return."""
    if b"get_next" not in draft.module.text:
        return
    functions = [n for n in draft.module.tree.body if isinstance(n, ast.FunctionDef)]
    found = [r for f in functions if (r := _returning(f)) is not None]
    taken = {n.id for n in ast.walk(draft.module.tree) if isinstance(n, ast.Name)}
    for returning in found:
        statements = _callers(draft, returning.function)
        if statements is None:
            continue
        several = len(found) > 1 or len(statements) > 1
        for statement in statements:
            name = _fresh(_wanted(returning.function) if several else "iterator", taken)
            pad = " " * statement.col_offset
            made = f"{name} = {draft.text(statement.value)}.{_ITERATOR}()"
            target = draft.text(statement.targets[0])
            draft.replace(statement, f"{made}\n{pad}{target} = {name}.get_next()")
        for gone in returning.tail[:-1]:
            draft.remove(gone)
        draft.replace(returning.tail[-1], f"return {draft.text(returning.dataset)}")


def _returning(function: ast.FunctionDef) -> _Returning | None:
    """The end of a function that returns an element: a return, with the iterator and the element on lines of their own or not."""
    if sum(isinstance(n, ast.Return) for n in ast.walk(function)) != 1 or function.decorator_list:
        return None
    *before, last = function.body
    value = last.value if isinstance(last, ast.Return) else None
    tail: list[ast.stmt] = [last]
    while value is not None and _dataset(value) is None:
        source = value.func.value if isinstance(value, ast.Call) and _called(value, "get_next") else value  # type: ignore[attr-defined]
        statement = before.pop() if before else None
        if (
            not isinstance(statement, ast.Assign)
            or not _names(source)
            or ast.unparse(statement.targets[0]) != ast.unparse(source)
        ):
            return None
        tail.insert(0, statement)
        element = source is not value
        value = ast.Call(ast.Attribute(statement.value, "get_next"), [], []) if element else statement.value
    dataset = _dataset(value)
    return _Returning(function, dataset, tail) if dataset is not None else None


def _names(node: ast.expr) -> bool:
    """Whether an expression is nothing but names."""
    return all(isinstance(n, (ast.Name, ast.Tuple, ast.expr_context)) for n in ast.walk(node))


def _dataset(value: ast.expr | None) -> ast.expr | None:
    """``dataset`` of ``dataset.make_one_shot_iterator().get_next()``."""
    if not _called(value, "get_next"):
        return None
    iterator = value.func.value  # type: ignore[union-attr]
    return iterator.func.value if _called(iterator, _ITERATOR) else None


def _called(node: ast.expr | None, method: str) -> bool:
    plain = isinstance(node, ast.Call) and not node.args and not node.keywords
    return plain and isinstance(node.func, ast.Attribute) and node.func.attr == method  # type: ignore[union-attr]


def _callers(draft: Draft, function: ast.FunctionDef) -> list[ast.Assign] | None:
    """The statements that bind what calls of a function return; None where one does something else or is in a loop."""
    found: list[ast.Assign] = []
    for node in ast.walk(draft.module.tree):
        if not (isinstance(node, ast.Name) and node.id == function.name):
            continue
        call = draft.context.parents[node]
        statement = draft.context.parents[call]
        is_call = isinstance(call, ast.Call) and call.func is node
        if not is_call or not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
            return None
        if statement.value is not call or _in_loop(draft, statement):
            return None
        found.append(statement)
    return found


def _in_loop(draft: Draft, node: ast.AST) -> bool:
    while node in draft.context.parents:
        node = draft.context.parents[node]
        if isinstance(node, (ast.For, ast.While)):
            return True
    return False


def _wanted(function: ast.FunctionDef) -> str:
    base = function.name.removesuffix("_fn").removesuffix("_input").removesuffix("_inputs").removeprefix("get_")
    return f"{base}_iterator"


def _fresh(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while name in taken:
        name, number = f"{wanted}_{number}", number + 1
    taken.add(name)
    return name
