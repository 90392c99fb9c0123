"""One pass over a syntax tree that fills scopes with bindings, and lists imports and attribute chains."""

from __future__ import annotations

import ast
from typing import Protocol

from .scopes import Binding, ImportStatement, Scope, chain


class Sink(Protocol):
    """Where the collector puts what it finds."""

    root: Scope

    def add_import(self, node: ImportStatement, scope: Scope) -> None:
        """Record the bindings of an import statement."""

    def add_chain(self, node: ast.expr, call: ast.Call | None, scope: Scope) -> None:
        """Record an attribute chain or a bare name."""


class Collector:
    """One pass over the tree that fills scopes, imports and chains."""

    def __init__(self, names: Sink) -> None:
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
        for name in node._fields:  # half the time of ast.iter_child_nodes, and this is where most time goes
            value = getattr(node, name, None)
            if isinstance(value, list):
                for child in value:
                    if isinstance(child, ast.AST):
                        self._visit(child, scope)
            elif isinstance(value, ast.AST):
                self._visit(value, scope)

    def _leaf(self, node: ast.AST, scope: Scope) -> None:
        """Nothing below it has a name."""

    _Constant = _Load = _Store = _Del = _Pass = _leaf

    def _MatchAs(self, node: ast.MatchAs, scope: Scope) -> None:
        if node.name:
            self._bind(node.name, node, scope)
        self._children(node, scope)

    def _MatchStar(self, node: ast.MatchStar, scope: Scope) -> None:
        if node.name:
            self._bind(node.name, node, scope)

    def _MatchMapping(self, node: ast.MatchMapping, scope: Scope) -> None:
        if node.rest:
            self._bind(node.rest, node, scope)
        self._children(node, scope)

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
