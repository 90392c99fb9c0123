"""Locals of a function that nothing reads any more, since what they were for is made elsewhere: initializers, shapes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .context import Context

MARK = "\0"  # stands for a statement that is left out, until its line is


def find(context: Context, definition: ast.AST, skipped: set[int]) -> None:
    """Mark assignments to locals that are only read by nodes in ``skipped`` (by id), and by other marked ones."""
    skipped = skipped | {
        id(n) for w in ast.walk(definition) if isinstance(w, ast.With) for i in w.items for n in ast.walk(i)
    }
    assignments = [n for n in ast.walk(definition) if isinstance(n, ast.Assign) and _is_plain(context, n)]
    changed = True
    while changed:
        changed = False
        read = {
            n.id
            for n in ast.walk(definition)
            if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load) and id(n) not in skipped
        }
        for statement in assignments:
            target = statement.targets[0]
            assert isinstance(target, ast.Name)
            if statement not in context.dead and target.id not in read:
                context.dead.add(statement)
                context.replacements[statement] = lambda _: MARK
                skipped |= {id(n) for n in ast.walk(statement)}
                changed = True


def _is_plain(context: Context, node: ast.Assign) -> bool:
    """Whether an assignment binds one name to something that has no effect but its value."""
    if len(node.targets) != 1 or not isinstance(node.targets[0], ast.Name):
        return False
    calls = [n for n in ast.walk(node.value) if isinstance(n, ast.Call)]
    return all(_has_no_effect(context, c) and c not in context.placed for c in calls)


def _has_no_effect(context: Context, call: ast.Call) -> bool:
    asks = isinstance(call.func, ast.Attribute) and call.func.attr in ("get_shape", "as_list")
    return asks or context.tf_name(call.func) is not None


def without(text: str) -> str:
    """The text without the lines of marked statements."""
    return "\n".join(line for line in text.split("\n") if line.strip() != MARK)
