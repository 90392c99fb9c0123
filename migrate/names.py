"""Resolve names: which attribute chains stand for which imported object, through every import form and re-binding.

Purely lexical: Python's scopes are followed, and a name stands for an import only where every binding that can reach the use agrees.
Nothing else in this package looks at how a library is spelled in a program.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from .collect import Collector
from .scopes import Binding, Imported, ImportStatement, Scope, Use, chain


class Names:
    """The scopes, imports and resolved uses of one parsed module.

    Args:
      tree: the parsed module.
      package: dotted name of the package that the module lies in, to resolve relative imports ("" when unknown).
      star: names that ``from m import *`` brings, by full module name.
    """

    def __init__(
        self, tree: ast.Module, package: str = "", star: Mapping[str, Mapping[str, str]] | None = None
    ) -> None:
        self._package = package
        self._star = star or {}
        self.root = Scope(tree, None)
        self.imports: list[Imported] = []
        self.stars: list[tuple[str, ast.ImportFrom]] = []
        self._chains: list[tuple[ast.expr, ast.Name, tuple[str, ...], ast.Call | None, Scope]] = []
        self._memo: dict[tuple[int, str], str | None] = {}
        self._busy: set[tuple[int, str]] = set()
        Collector(self).collect(tree)
        self.uses = list(self._resolve_all())

    def absolute(self, node: ast.ImportFrom) -> str:
        """The full module name of a ``from`` import, relative dots resolved."""
        if not node.level:
            return node.module or ""
        parts = self._package.split(".") if self._package else []
        base = parts[: len(parts) - node.level + 1] if node.level > 1 else parts
        return ".".join([*base, *([node.module] if node.module else [])]) or "."

    def exports(self) -> dict[str, str]:
        """Top-level names of the module that resolve to something imported, for ``from m import *`` elsewhere."""
        found = ((name, self.lookup(name, self.root, None)) for name in self.root.bindings if not name.startswith("_"))
        return {name: hit[0] for name, hit in found if hit is not None}

    def resolve(self, node: ast.expr, scope: Scope) -> str | None:
        """The full name that an attribute chain stands for, or None."""
        found = chain(node)
        if found is None:
            return None
        base, attributes = found
        hit = self.lookup(base.id, scope, (base.lineno, base.col_offset))
        return ".".join((hit[0], *attributes)) if hit else None

    def lookup(self, name: str, scope: Scope, at: tuple[int, int] | None) -> tuple[str, ast.AST] | None:
        """What ``name`` stands for at a position of ``scope`` (None: at its end): (full name, binding node)."""
        here: Scope | None = scope
        start = scope
        while here is not None:
            if here.foreign.get(name) == "global":
                here = here.module()
            if name in here.bindings and (here is start or not here.is_class):
                return self._choose(here.bindings[name], here, at if here is start else None)
            here = here.parent
        return None

    def _choose(self, bindings: list[Binding], scope: Scope, at: tuple[int, int] | None) -> tuple[str, ast.AST] | None:
        """The one meaning of all bindings that can reach ``at``; None when they disagree.

        Straight-line rule: inside the binding scope the last binding before the use decides, unless an opaque one is among them.
        From other scopes (``at`` is None) every binding can reach. ``x = None`` (the usual ImportError fallback) is not a meaning.
        """
        reach = [b for b in bindings if at is None or b.position < at] or bindings
        meanings: dict[str, ast.AST] = {}
        opaque = False
        for binding in reach:
            if binding.full is not None:
                full: str | None = binding.full
            elif binding.value is not None:
                if isinstance(binding.value, ast.Constant) and binding.value.value is None:
                    continue
                full = self._value(binding, scope)
            else:
                full = None
            if full is None:
                opaque, meanings = True, {} if at is not None else meanings
            else:
                if at is not None:
                    meanings, opaque = {}, False
                meanings.setdefault(full, binding.node)
        if opaque or len({_space(m) for m in meanings}) != 1:
            return None
        return next(iter(meanings.items()))

    def _value(self, binding: Binding, scope: Scope) -> str | None:
        """What the right-hand side of an assignment stands for; guards against ``x = x.y``."""
        key = (id(binding), "")
        if key in self._memo:
            return self._memo[key]
        if key in self._busy or binding.value is None:
            return None
        self._busy.add(key)
        try:
            self._memo[key] = self.resolve(binding.value, scope)
        finally:
            self._busy.discard(key)
        return self._memo[key]

    def _resolve_all(self) -> Iterator[Use]:
        for node, base, attributes, call, scope in self._chains:
            hit = self.lookup(base.id, scope, (base.lineno, base.col_offset))
            if hit is not None:
                yield Use(".".join((hit[0], *attributes)), node, base, hit[0], hit[1], call, scope)

    # -- called by the collector -------------------------------------------------------------------------------------
    def add_import(self, node: ImportStatement, scope: Scope) -> None:
        """Record the bindings of an import statement."""
        where = (node.lineno, node.col_offset)
        for alias in node.names:
            if isinstance(node, ast.Import):
                full = alias.name if alias.asname else alias.name.split(".")[0]
                target, local = alias.name, alias.asname or full
            else:
                module = self.absolute(node)
                if alias.name == "*":
                    self.stars.append((module, node))
                    for name, meaning in self._star.get(module, {}).items():
                        scope.bindings.setdefault(name, []).append(Binding(where, node, full=meaning))
                    continue
                full = target = f"{module}.{alias.name}"
                local = alias.asname or alias.name
            self.imports.append(Imported(full, target, local, node, alias, scope.parent is None))
            scope.bindings.setdefault(local, []).append(Binding(where, node, full=full))

    def add_chain(self, node: ast.expr, call: ast.Call | None, scope: Scope) -> None:
        """Record an attribute chain or a bare name that is read (or deleted, or assigned to, for attributes)."""
        found = chain(node)
        if found is not None:
            self._chains.append((node, found[0], found[1], call, scope))


def _space(full: str) -> str:
    """``tensorflow`` and ``tensorflow.compat.v1`` mean the same thing in ``try: … except ImportError: …``."""
    return full.replace("tensorflow.compat.v1", "tensorflow", 1)
