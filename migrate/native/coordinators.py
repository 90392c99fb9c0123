"""What started and stopped the threads of queues: nothing of it is left, since a data set has none that a program sees."""

from __future__ import annotations

import ast

from .draft import Draft
from .refusal import Refusal

_MADE = "tf.train.Coordinator"
_STARTED = "tf.train.start_queue_runners"
_ENDING = frozenset({"request_stop", "join"})


def remove(draft: Draft) -> None:
    """Take out coordinators and the start of queue runners.

    Raises:
      Refusal: a coordinator is used in a way that is not understood.
    """
    names = {name for node in _calls(draft, _MADE) if (name := _bound(draft, node))}
    threads = {name for node in _calls(draft, _STARTED) if (name := _bound(draft, node))}
    gone = {_statement(draft, node) for name in (_MADE, _STARTED) for node in _calls(draft, name)}
    for node in ast.walk(draft.module.tree):
        if not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)):
            continue
        if node.id in names and not any(node in ast.walk(s) for s in gone):
            gone |= _use(draft, node)
        elif node.id in threads and not any(node in ast.walk(s) for s in gone) and not _joined(draft, node):
            raise Refusal(node, "threads of queues go where they are not followed")
    for statement in sorted(gone, key=lambda s: s.lineno):
        _take_out(draft, statement, gone)


def _calls(draft: Draft, name: str) -> list[ast.Call]:
    tree = draft.module.tree
    return [n for n in ast.walk(tree) if isinstance(n, ast.Call) and draft.context.tf_name(n.func) == name]


def _bound(draft: Draft, node: ast.Call) -> str:
    parent = draft.context.parents[node]
    if isinstance(parent, ast.Expr):
        return ""
    if isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Name) and len(parent.targets) == 1:
        return parent.targets[0].id
    raise Refusal(node, "a coordinator or the threads of queues get no name")


def _statement(draft: Draft, node: ast.AST) -> ast.stmt:
    while not isinstance(node, ast.stmt):
        node = draft.context.parents[node]
    return node


def _joined(draft: Draft, node: ast.Name) -> bool:
    """``coord.join(threads)``."""
    call = draft.context.parents[node]
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "join"


def _use(draft: Draft, node: ast.Name) -> set[ast.stmt]:
    """What one use of a coordinator leaves: the statements that go."""
    attribute = draft.context.parents[node]
    call = draft.context.parents[attribute]
    if not isinstance(attribute, ast.Attribute) or not isinstance(call, ast.Call) or call.func is not attribute:
        raise Refusal(node, "a coordinator goes where it is not followed")
    statement = _statement(draft, call)
    if attribute.attr in _ENDING and isinstance(statement, ast.Expr) and statement.value is call:
        if attribute.attr == "request_stop" and (call.args or call.keywords):
            raise Refusal(call, "a coordinator is told of an error", "let the error go on")
        return {statement}
    test = draft.context.parents[call]
    if attribute.attr == "should_stop" and isinstance(statement, ast.While) and statement.test is test:
        draft.replace(test, "True")
        return set()
    breaks = isinstance(statement, ast.If) and not statement.orelse and [type(s) for s in statement.body] == [ast.Break]
    if attribute.attr == "should_stop" and breaks and isinstance(statement, ast.If) and statement.test is call:
        return {statement}
    raise Refusal(call, "what a coordinator tells is used in a way that is not understood")


def _take_out(draft: Draft, statement: ast.stmt, gone: set[ast.stmt]) -> None:
    """Remove a statement; of ``finally`` the whole clause when nothing else is in it."""
    parent = draft.context.parents[statement]
    if isinstance(parent, ast.Try) and statement in parent.finalbody and set(parent.finalbody) <= gone:
        if not parent.handlers:
            raise Refusal(parent, "`try` has nothing but `finally`, of which nothing is left", "write it without `try`")
        if statement is parent.finalbody[0]:
            before = parent.orelse or parent.handlers[-1].body
            draft.replace_lines((before[-1].end_lineno or 0) + 1, parent.end_lineno or 0, "")
        return
    block = next(b for f in ("body", "orelse", "finalbody") if statement in (b := getattr(parent, f, [])))
    if set(block) <= gone:
        raise Refusal(statement, "nothing is left of a block that handles queues")
    draft.remove(statement, comments=True)
