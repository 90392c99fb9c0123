"""Text that a program runs itself, as in ``exec(open("config.py").read())``: migrated when it is run, if it is TensorFlow 1.

Modules with such calls are compiled so that the text passes through `text` on its way to ``exec`` or ``compile``. The call itself
stays where it is, so its namespaces and its traceback are what they were.
"""

from __future__ import annotations

import ast
import re
import sys
import types
from collections.abc import Mapping
from typing import Any

_CALL = re.compile(rb"\b(?:exec|compile)[ \t]*\(")
_WORD = re.compile(r"[A-Za-z_]\w*")
_PRIVATE = "tensorflow._api.v2"  # where the modules of TensorFlow's name spaces really lie
_THROUGH = "__import__({!r}, fromlist=['text']).text(0, {})"


def runs_text(source: bytes) -> bool:
    """Whether a module's source may have such calls; says so too often rather than too rarely."""
    return _CALL.search(source) is not None


def watch(tree: ast.Module) -> None:
    """Let the first argument of ``exec(…)`` and ``compile(…, 'exec')`` pass through `text`."""
    nodes = list(ast.walk(tree))
    bound = {n.id for n in nodes if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
    bound |= {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef | ast.alias)}
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args and node.func.id not in bound:
            if node.func.id == "exec":
                _through(node, "globals()" if len(node.args) == 1 else "{}")
            elif node.func.id == "compile" and isinstance(m := node.args[-1], ast.Constant) and m.value == "exec":
                _through(node, "{}, tree=True")


def _through(node: ast.Call, how: str) -> None:
    call = ast.parse(_THROUGH.format(__name__, how), mode="eval").body
    assert isinstance(call, ast.Call)
    call.args[0] = node.args[0]
    node.args[0] = call
    for new in ast.walk(call.func):
        ast.copy_location(new, node)
    ast.copy_location(call, node)
    for argument in (*call.args[1:], *call.keywords):
        for new in ast.walk(argument):
            ast.copy_location(new, node)


def text(source: Any, names: Mapping[str, Any], tree: bool = False) -> Any:
    """What to run in place of ``source``: code (or the syntax tree) of its migrated text; itself, if it is no TensorFlow 1 text.

    Args:
      source: what the program gives to ``exec`` or ``compile``.
      names: the names that the text will see.
      tree: give the syntax tree.
    """
    shown = source.decode("utf-8", "replace") if isinstance(source, bytes) else source
    if not isinstance(shown, str):
        return source
    known = {word: full for word in set(_WORD.findall(shown)) if (full := full_name(names.get(word))) is not None}
    if "tensorflow" not in shown and not any(full.startswith(("tensorflow", "tf2kit")) for full in known.values()):
        return source
    from tf2kit.migrate import migrate_cell

    from .lines import placed

    cell = migrate_cell(shown, known, eager=_eager())
    if cell.text == shown:
        return source
    new = placed(cell.text.encode(), shown.encode())
    return new if tree else compile(new, "<string>", "exec", dont_inherit=True)


def full_name(value: object) -> str | None:
    """The name by which programs know a module; None for everything else."""
    full = vars(value).get("__name__") if isinstance(value, types.ModuleType) else None
    return full.replace(_PRIVATE, "tensorflow", 1) if isinstance(full, str) and full != "__main__" else None


def _eager() -> bool:
    """Whether TensorFlow is loaded and runs eagerly: the program has chosen that."""
    eager = getattr(sys.modules.get("tensorflow"), "executing_eagerly", None)
    return eager is not None and bool(eager())
