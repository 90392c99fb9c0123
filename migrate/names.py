"""Resolve names: which attribute chains stand for which imported object, through every import form and re-binding.

Purely lexical: Python's scopes are followed, and a name stands for an import only where every binding that can reach the use agrees.
Nothing else in this package looks at how a library is spelled in a program.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Function = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
Comprehension = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
ImportStatement = ast.Import | ast.ImportFrom


@dataclass(frozen=True, slots=True)
class Imported:
    """One alias of an import statement. ``full`` is what the local name is bound to, ``target`` what is named in the statement.

    They differ for ``import a.b`` (binds ``a``) only.
    """

    full: str
    target: str
    local: str
    node: ImportStatement
    alias: ast.alias
    top_level: bool


@dataclass(frozen=True, slots=True)
class Use:
    """A maximal attribute chain that resolves to ``full``.

    ``base`` is its first name, bound by ``binding`` (an import or an assignment).
    """

    full: str
    node: ast.expr
    base: ast.Name
    base_full: str
    binding: ast.AST
    call: ast.Call | None
    scope: Scope

    @property
    def attributes(self) -> int:
        """How many attributes follow the base name."""
        return self.full.count(".") - self.base_full.count(".")


@dataclass(frozen=True, slots=True)
class Binding:
    """One place that binds a name. ``value`` is what it is bound to where that can be resolved; otherwise the name is opaque."""

    position: tuple[int, int]
    node: ast.AST
    full: str | None = None
    value: ast.expr | None = None


@dataclass(slots=True, eq=False)
class Scope:
    """A module, class, function or comprehension with the names that it binds."""

    node: ast.AST
    parent: Scope | None
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    foreign: dict[str, str] = field(default_factory=dict)  # names declared global or nonlocal

    @property
    def is_class(self) -> bool:
        """Class bodies are not seen from the functions inside them."""
        return isinstance(self.node, ast.ClassDef)

    def module(self) -> Scope:
        """The outermost scope."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def names(self) -> set[str]:
        """Every name bound here or in an enclosing scope."""
        found = set(self.bindings)
        return found | self.parent.names() if self.parent else found


def chain(node: ast.expr) -> tuple[ast.Name, tuple[str, ...]] | None:
    """(first name, attributes) of ``a.b.c``; None for any other expression."""
    attributes: list[str] = []
    while isinstance(node, ast.Attribute):
        attributes.append(node.attr)
        node = node.value
    return (node, tuple(reversed(attributes))) if isinstance(node, ast.Name) else None


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
        _Collector(self).collect(tree)
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


class _Collector:
    """One pass over the tree that fills scopes, imports and chains."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def collect(self, tree: ast.Module) -> None:
        """Walk a module."""
        for statement in tree.body:
            self._visit(statement, self._names.root)

    def _visit(self, node: ast.AST, scope: Scope) -> None:
        method = getattr(self, "_" + type(node).__name__, None)
        if method is not None:
            method(node, scope)
        else:
            self._children(node, scope)

    def _children(self, node: ast.AST, scope: Scope) -> None:
        for child in ast.iter_child_nodes(node):
            self._visit(child, scope)

    def _bind(self, name: str, node: ast.AST, scope: Scope, value: ast.expr | None = None) -> None:
        home = scope.module() if scope.foreign.get(name) == "global" else scope
        home.bindings.setdefault(name, []).append(Binding((node.lineno, node.col_offset), node, value=value))  # type: ignore[attr-defined]

    def _Import(self, node: ast.Import, scope: Scope) -> None:
        self._names.add_import(node, scope)

    def _ImportFrom(self, node: ast.ImportFrom, scope: Scope) -> None:
        self._names.add_import(node, scope)

    def _Name(self, node: ast.Name, scope: Scope) -> None:
        if isinstance(node.ctx, ast.Load):
            self._names.add_chain(node, None, scope)
        else:
            self._bind(node.id, node, scope)

    def _Attribute(self, node: ast.Attribute, scope: Scope) -> None:
        if chain(node) is not None:
            self._names.add_chain(node, None, scope)
        else:
            self._children(node, scope)

    def _Call(self, node: ast.Call, scope: Scope) -> None:
        if chain(node.func) is not None:
            self._names.add_chain(node.func, node, scope)
        else:
            self._visit(node.func, scope)
        for argument in (*node.args, *node.keywords):
            self._visit(argument, scope)

    def _Assign(self, node: ast.Assign, scope: Scope) -> None:
        self._visit(node.value, scope)
        for target in node.targets:
            if isinstance(target, ast.Name) and chain(node.value) is not None:
                # bound from the end of the statement on: ``x = x.y`` reads the old x
                where = (node.end_lineno or node.lineno, node.end_col_offset or 0)
                home = scope.module() if scope.foreign.get(target.id) == "global" else scope
                home.bindings.setdefault(target.id, []).append(Binding(where, node, value=node.value))
            elif isinstance(target, ast.Name) and isinstance(node.value, ast.Constant) and node.value.value is None:
                self._bind(target.id, target, scope, node.value)
            else:
                self._visit(target, scope)

    def _Global(self, node: ast.Global, scope: Scope) -> None:
        scope.foreign.update(dict.fromkeys(node.names, "global"))

    def _Nonlocal(self, node: ast.Nonlocal, scope: Scope) -> None:
        scope.foreign.update(dict.fromkeys(node.names, "nonlocal"))

    def _ExceptHandler(self, node: ast.ExceptHandler, scope: Scope) -> None:
        if node.name:
            self._bind(node.name, node, scope)
        self._children(node, scope)

    def _FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> None:
        self._bind(node.name, node, scope)
        for outside in (*node.decorator_list, node.returns):
            if outside is not None:
                self._visit(outside, scope)
        self._function(node, scope, node.body)

    _AsyncFunctionDef = _FunctionDef

    def _Lambda(self, node: ast.Lambda, scope: Scope) -> None:
        self._function(node, scope, [node.body])

    def _function(
        self,
        node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda,
        scope: Scope,
        body: list[ast.stmt] | list[ast.expr],
    ) -> None:
        inner = Scope(node, scope)
        arguments = node.args
        for default in (*arguments.defaults, *arguments.kw_defaults):
            if default is not None:
                self._visit(default, scope)
        every = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg)
        for argument in every:
            if argument is not None:
                self._bind(argument.arg, argument, inner)
                if argument.annotation is not None:
                    self._visit(argument.annotation, scope)
        for statement in body:
            self._visit(statement, inner)

    def _ClassDef(self, node: ast.ClassDef, scope: Scope) -> None:
        self._bind(node.name, node, scope)
        for outside in (*node.bases, *node.keywords, *node.decorator_list):
            self._visit(outside, scope)
        inner = Scope(node, scope)
        for statement in node.body:
            self._visit(statement, inner)

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, scope: Scope) -> None:
        inner = Scope(node, scope)
        for i, generator in enumerate(node.generators):
            self._visit(generator.iter, scope if i == 0 else inner)
            self._visit(generator.target, inner)
            for condition in generator.ifs:
                self._visit(condition, inner)
        for part in (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,):
            self._visit(part, inner)

    _ListComp = _SetComp = _GeneratorExp = _DictComp = _comprehension
