"""A division of whole numbers, which Python 2 rounded down.

## What it does
In files that were Python 2 and do not say `from __future__ import division`:

* where both sides are whole numbers beyond doubt (literals, `len(…)`, `int(…)` and sums or products of them), `/` becomes `//`,
  which is what Python 2 computed;
* where both sides may be whole numbers, the division is reported and left alone.

## Why
`7 / 2` is 3 in Python 2 and 3.5 in Python 3. No error tells: a step count becomes a float, `range` stops with a
`TypeError` much later, or a mean changes in silence.

## Example
```python
print "batches:", len(rows) / 32
```
```python
print("batches:", len(rows) // 32)
```

## What to do by hand
Decide for each reported division: `//` where a whole number was meant (counts, sizes, indices), `/` where it was not.
With `//` the program computes what it computed under Python 2.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ...findings import Edit, Finding, Fix, Severity
from ...source import line_starts
from .. import document

CODE = document(__name__, "PY203", "integer-division", "python2")
_WHOLE_CALLS = {"len", "int", "long", "ord"}
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv, ast.Mod, ast.Div)
_GAP = re.compile(rb"(?:#[^\r\n]*|[^/#])*?(/)(?!/)")


def check(text: bytes) -> Iterator[Finding]:
    """Findings for a ``text`` that is Python 3 by now and was Python 2. Those with a fix keep what Python 2 computed."""
    tree = ast.parse(text.decode("utf-8"))
    if _has_true_division(tree):
        return
    starts = line_starts(text)
    fractions = _names_of_fractions(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            left, right, start = node.left, node.right, node.left
        elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Div):
            left, right, start = node.target, node.value, node.target
        else:
            continue
        if not (_may_be_whole(left, fractions) and _may_be_whole(right, fractions)):
            continue
        begin = starts[start.lineno - 1] + start.col_offset
        after = starts[(left.end_lineno or 1) - 1] + (left.end_col_offset or 0)
        end = starts[(right.end_lineno or 1) - 1] + (right.end_col_offset or 0)
        sign = _GAP.match(text, after)
        fix = None
        if _is_whole(left) and _is_whole(right) and sign:
            fix = Fix((Edit(sign.end(1), sign.end(1), b"/"),))
        yield _finding(begin, end, fix)


def _finding(start: int, end: int, fix: Fix | None) -> Finding:
    if fix:
        return Finding(CODE, "Python 2 rounds this division of whole numbers down; so does //", start, end, fix)
    message = "if both sides are whole numbers, Python 2 rounded this division down and Python 3 does not"
    todo = "use // to keep what Python 2 computed, or leave / if a fraction is meant"
    return Finding(CODE, message, start, end, None, Severity.WARNING, todo)


def _has_true_division(tree: ast.Module) -> bool:
    future = (n for n in tree.body if isinstance(n, ast.ImportFrom) and n.module == "__future__")
    return any(alias.name == "division" for n in future for alias in n.names)


def _is_whole(node: ast.expr) -> bool:
    """Whether Python 2 surely gave an int."""
    if isinstance(node, ast.Constant):
        return type(node.value) is int
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return _is_whole(node.operand)
    if isinstance(node, ast.BinOp) and isinstance(node.op, _ARITHMETIC):
        return _is_whole(node.left) and _is_whole(node.right)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _WHOLE_CALLS


def _may_be_whole(node: ast.expr, fractions: set[str]) -> bool:
    if isinstance(node, ast.Name):
        return node.id not in fractions
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute):
        return node.value.attr == "shape"
    if isinstance(node, ast.Attribute):  # self.size, args.batch_size; not np.pi
        return isinstance(node.value, ast.Name) and node.attr != "pi"
    if isinstance(node, ast.BinOp) and isinstance(node.op, _ARITHMETIC):
        return _may_be_whole(node.left, fractions) and _may_be_whole(node.right, fractions)
    if isinstance(node, ast.UnaryOp):
        return _may_be_whole(node.operand, fractions)
    return _is_whole(node)


def _names_of_fractions(tree: ast.Module) -> set[str]:
    """Names that are only ever assigned what is surely not an int: floats, arithmetic with a float, results of other calls."""
    values: dict[str, list[bool]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            values.setdefault(node.arg, []).append(True)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    values.setdefault(target.id, []).append(_may_be_whole(node.value, set()))
        elif isinstance(node, ast.For | ast.comprehension):
            for name in ast.walk(node.target):
                if isinstance(name, ast.Name):
                    values.setdefault(name.id, []).append(True)
    return {name for name, seen in values.items() if not any(seen)}
