"""What each name stands for at one place of a program, and which statements may have made it so."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import fed
from .values import Plain, Ran, Value, is_graph, one_of

if TYPE_CHECKING:
    from .statements import Statement


@dataclass(frozen=True, slots=True)
class Binding:
    """The value of a name, and the statements that may have bound it."""

    value: Value
    makers: frozenset[Statement] = frozenset()
    local: bool = False


@dataclass(slots=True)
class Environment:
    """Names of one scope; what is not here is looked up in ``outer``.

    Keys are names ("x") and attributes of the object under construction ("self.x").
    """

    names: dict[str, Binding] = field(default_factory=dict)
    outer: Environment | None = None
    local: bool = False

    def find(self, key: str) -> Binding | None:
        """The binding of a name, in this scope or around it."""
        here: Environment | None = self
        while here is not None:
            if key in here.names:
                return here.names[key]
            here = here.outer
        return None

    def bind(self, key: str, value: Value, maker: Statement | None) -> None:
        """Give a name a value; attributes of ``self`` live in the outermost scope that knows ``self``."""
        makers = frozenset([maker] if maker is not None and not self.local else [])
        self.names[key] = Binding(value, makers, self.local)

    def fork(self) -> Environment:
        """A copy for one branch."""
        return Environment(dict(self.names), self.outer, self.local)

    def made_by(self, block: Statement, inside: set[Statement]) -> None:
        """What statements inside of a block bound, the block did: it moves as a whole."""
        for key, found in self.names.items():
            if found.makers & inside:
                self.names[key] = Binding(found.value, found.makers - inside | {block}, found.local)

    def merge(self, branches: list[Environment]) -> None:
        """What is known after branches that start here: the same value, or an unknown Python value where nothing is a tensor."""
        for key in dict.fromkeys(k for b in branches for k in b.names):
            found = [b.names.get(key) for b in branches]
            present = [b for b in found if b is not None]
            makers = frozenset(m for b in present for m in b.makers)
            values = {id(b.value) for b in present}
            if len(values) == 1:
                self.names[key] = Binding(present[0].value, makers, self.local)
            elif (dataset := one_of([b.value for b in present])) is not None:
                self.names[key] = Binding(dataset, makers, self.local)
            elif (feed := fed.one_of([b.value for b in present])) is not None:
                self.names[key] = Binding(feed, makers, self.local)
            elif any(is_graph(b.value) or isinstance(b.value, Ran) for b in present):
                graph = next(b.value for b in present if is_graph(b.value) or isinstance(b.value, Ran))
                self.names[key] = Binding(graph, makers, self.local)
            else:
                self.names[key] = Binding(Plain(), makers, self.local)


def key_of(node: ast.expr) -> str | None:
    """The key of a name or of an attribute of ``self``; None for any other expression."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
        return f"self.{node.attr}"
    return None
