"""Files opened in a mode that Python 3 does not have, or as text for a pickle.

## What it does
Takes the `U` out of the mode of `open(path, "rU")`: Python 3 reads every newline by itself. Opens files as bytes
where they are handed to `pickle.load` or `pickle.dump` in the same expression, or as the only use of `with open(…) as
f`.

## Why
Python 3.11 raises `ValueError: invalid mode: 'rU'`. Pickles are bytes: a file opened as text raises `TypeError` or
`UnicodeDecodeError`.

## Example
```python
vocabulary = pickle.load(open("vocabulary.pkl"))
rows = open("rows.txt", "rU").readlines()
```
```python
vocabulary = pickle.load(open("vocabulary.pkl", "rb"))
rows = open("rows.txt", "r").readlines()
```

## What to do by hand
Look at other files that are opened as text and hold bytes (pictures, archives): open them with `"rb"` or `"wb"`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Edit, Finding, Fix
from .. import rule
from ..python2.scan import all_nodes, bound_names
from .calls import add_argument, calls_of, has_stars, keyword

if TYPE_CHECKING:
    from ...module import Module

_PICKLES = {
    f"{module}.{name}": at for module in ("pickle", "cPickle", "dill") for name, at in (("load", 0), ("dump", 1))
}


@rule("ROT317", "open-mode", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Report modes of ``open`` that fail in Python 3."""
    if b"open" not in module.text or "open" in bound_names(module.tree):
        return
    pickled = dict(_pickled(module))
    for node in all_nodes(module.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open") or has_stars(
            node
        ):
            continue
        mode = node.args[1] if len(node.args) > 1 else getattr(keyword(node, "mode"), "value", None)
        written = mode.value if isinstance(mode, ast.Constant) and isinstance(mode.value, str) else None
        if mode is not None and (written is None or module.text[module.span(mode)[0]] not in b"'\""):
            continue
        old = written or "r"
        new = _binary(old, pickled.get(node, "")).replace("U", "") if written else _binary(old, pickled.get(node, ""))
        new = new if any(c in new for c in "rwax") else "r" + new
        if new == old:
            continue
        message = f"Python 3 cannot use mode {old!r} here; {new!r} is meant"
        yield Finding(
            "ROT317", message, *module.span(node), _fix(module, node, mode, new), todo=f"open the file with {new!r}"
        )


def _binary(mode: str, use: str) -> str:
    """``mode`` with a ``b`` where the file is a pickle."""
    return mode[0] + "b" + mode[1:] if use and "b" not in mode else mode


def _fix(module: Module, call: ast.Call, mode: ast.expr | None, new: str) -> Fix | None:
    if mode is not None:
        start, end = module.span(mode)
        quote = module.text[start : start + 1]
        return Fix((Edit(start, end, quote + new.encode() + quote),))
    name = "mode=" if call.keywords else ""
    edit = add_argument(module, call, f'{name}"{new}"')
    return Fix((edit,)) if edit else None


def _pickled(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """Calls of ``open`` whose file goes to pickle and nowhere else."""
    files: dict[str, list[ast.AST]] = {}
    for use, call in calls_of(module, set(_PICKLES)):
        at = _PICKLES[use.full]
        if len(call.args) > at:
            yield call.args[at], use.full
            if isinstance(name := call.args[at], ast.Name):
                files.setdefault(name.id, []).append(name)
    if not files:
        return
    for node in all_nodes(module.tree):
        for item in node.items if isinstance(node, ast.With) else ():
            held = item.optional_vars
            if isinstance(node, ast.With) and isinstance(held, ast.Name) and held.id in files:
                uses = [n for s in node.body for n in ast.walk(s) if isinstance(n, ast.Name) and n.id == held.id]
                if uses and all(n in files[held.id] for n in uses):
                    yield item.context_expr, "pickle"
