"""What scopes, bindings and resolved names are; data only."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

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
