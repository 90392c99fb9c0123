"""Names that a new text imports, and what the program calls them."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..module import Module
from ..symbols import name_of

if TYPE_CHECKING:
    from .context import Context

# what programs call absl's and the standard library's modules where their own name is taken
_OTHERWISE = {"flags": "absl_flags", "app": "absl_app", "logging": "std_logging"}
_SAME = {
    "flags": ("tf.flags", "tf.app.flags", "tf.python.platform.flags"),
    "app": ("tf.app", "tf.python.platform.app"),
}


@dataclass(frozen=True, slots=True, order=True)
class Need:
    """One name that the new text imports: ``from module import name as local``; module is "" for ``import name``."""

    module: str
    name: str
    local: str


def prefix(module: Module) -> str:
    """How the program calls TensorFlow; "tf" where it never imports it as a whole."""
    for found in module.imports:
        if found.top_level and found.full == "tensorflow":
            return found.local
    return "tf"


def local_name(context: Context, module: str, name: str) -> str:
    """The name under which ``name`` of ``module`` can be imported without hiding a name of the program."""
    wanted = f"{module}.{name}" if module else name
    for found in context.module.imports:
        if found.top_level and found.full == wanted:
            return found.local
    taken = any(_binds(context, node, name) for node in ast.walk(context.module.tree))
    return _OTHERWISE.get(name, f"{name}_module") if taken else name


def _binds(context: Context, node: ast.AST, name: str) -> bool:
    """Whether a node gives the name another meaning."""
    if isinstance(node, ast.Name):
        return node.id == name and isinstance(node.ctx, ast.Store) and not _means_the_same(context, node, name)
    if isinstance(node, ast.arg):
        return node.arg == name
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return node.name == name
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        full = {f.local: f.full for f in context.module.imports if f.node is node}.get(name)
        return full is not None and getattr(name_of(full), "name", full) not in _SAME.get(name, ())
    return False


def _means_the_same(context: Context, node: ast.Name, name: str) -> bool:
    parent = context.parents.get(node)
    return isinstance(parent, ast.Assign) and context.tf_name(parent.value) in _SAME.get(name, ())
