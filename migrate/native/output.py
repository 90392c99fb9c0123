"""The last look at a lifted module: nothing of TensorFlow 1 may be left in it, and nothing be read that was lost on the way."""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterator, Mapping

from ..module import Module
from ..relocate import named_places
from ..symbols import V1, Name, name_of
from .refusal import Refusal

# The one part of tf2kit that a native program may need: data that TensorFlow no longer ships.
_LOADER = "tf2kit.compat.examples"
_OLD = ("keras", "tf_keras", "tf_slim", "tf2kit", "tensorflow_estimator")
_LOST = "a part of the program needs `{}`, and it is not known how to make it in TensorFlow 2"


def inspect(module: Module, original: Module) -> None:
    """Refuse a text that still uses what TensorFlow 2 does not have, or that reads a name that the original bound and it does not.

    Raises:
      Refusal: there is such a name or import.
    """
    for imported in module.imports:
        if imported.target.split(".")[0] in _OLD and not imported.target.startswith(_LOADER):
            raise Refusal(None, f"`{imported.target}` is used, which has no place in TensorFlow 2")
        if imported.target.startswith(V1):
            raise Refusal(None, f"it is not known how to do without {V1}")
    for _, full in named_places(module):
        found = name_of(full)
        if found is not None and not _alive(found):
            raise Refusal(None, f"it is not known how to do without `{found.name}`")
    lost = unbound(module.text.decode(), module.path) - unbound(original.text.decode(), original.path)
    for name in sorted(lost):
        raise Refusal(_place(original, name), _LOST.format(name))


def inspect_attributes(modules: Mapping[str, Module], originals: Mapping[str, Module]) -> None:
    """Refuse a program that reads an attribute that some module of it set and none sets any more.

    Raises:
      Refusal: there is such an attribute; its ``path`` says where it was set.
    """
    set_before, set_now = (
        {a.attr for m in of.values() for a in _attributes(m.tree, ast.Store)} for of in (originals, modules)
    )
    nodes = [n for m in modules.values() for n in ast.walk(m.tree)]
    defined = {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    lost = set_before - set_now - defined
    for module in modules.values():
        for attribute in _attributes(module.tree, ast.Load):
            if attribute.attr in lost:
                places = {path: _place(m, attribute.attr) for path, m in originals.items()}
                path = next(path for path, node in places.items() if node is not None)
                refusal = Refusal(places[path], _LOST.format(ast.unparse(attribute)))
                refusal.path = path
                raise refusal


def _alive(name: Name) -> bool:
    if name.space == "v1":
        return False
    if name.name == "tf" or name.name.rpartition(".")[2].startswith("__"):
        return True
    return name.known and (name.alive_in_v2 or name.name.startswith("tf.raw_ops."))


def unbound(text: str, path: str) -> set[str]:
    """Names that are read as globals and that nothing in a module binds."""
    top = symtable.symtable(text, path, "exec")
    tables = list(_tables(top))
    bound = {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported() or s.is_namespace()}
    bound |= {s.get_name() for t in tables for s in t.get_symbols() if s.is_declared_global() and s.is_assigned()}
    read = {s.get_name() for t in tables for s in t.get_symbols() if s.is_referenced() and (s.is_global() or t is top)}
    return read - bound - set(dir(builtins))


def _tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _tables(child)


def _attributes(tree: ast.AST, context: type[ast.expr_context]) -> Iterator[ast.Attribute]:
    """Attributes of names: ``self.x`` and ``model.x``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, context) and isinstance(node.value, ast.Name):
            yield node


def _place(module: Module, name: str) -> ast.AST | None:
    """Where a name or attribute was bound in a module."""
    stored = (n for n in ast.walk(module.tree) if isinstance(getattr(n, "ctx", None), ast.Store))
    return next((n for n in stored if name in (getattr(n, "id", None), getattr(n, "attr", None))), None)
