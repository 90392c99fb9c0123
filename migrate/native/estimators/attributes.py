"""Attributes of the class of an estimator: placeholders, and names of the ``model_fn`` that its methods ask for."""

from __future__ import annotations

import ast
import keyword
import re
from dataclasses import dataclass, field

from ..draft import Draft
from ..refusal import Refusal
from .methods import Graph

_SCOPES = (ast.FunctionDef, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_RESERVED = frozenset({"train", "evaluate", "predict", "sess", "global_step", "mean_loss"})


@dataclass(slots=True)
class Attributes:
    """What the class of one estimator keeps in ``self``.

    Attributes:
      graph: what its methods know of. made: the statements at the beginning of ``__init__``.
      names: all names in the function. used: what each attribute stands for.
    """

    draft: Draft
    function: ast.FunctionDef
    graph: Graph = field(default_factory=Graph)
    made: list[str] = field(default_factory=list)
    used: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> set[str]:
        """All names in the function, and those that the class needs for itself."""
        return {n.id for n in ast.walk(self.function) if isinstance(n, ast.Name)} | _RESERVED

    def attribute(self, wanted: str, what: str, node: ast.AST) -> str:
        """The name of an attribute for ``what``.

        Raises:
          Refusal: it is taken.
        """
        name = re.sub(r"\W", "_", wanted)
        known = self.used.setdefault(name, what)
        if not name.isidentifier() or keyword.iskeyword(name) or name in _RESERVED or known != what:
            raise Refusal(node, f"`{wanted}` cannot be the name of an attribute here")
        return name

    def placeholder(self, attribute: str, text: str) -> None:
        """One that is fed ``text``; its type is that of what is fed."""
        self.graph.inputs[attribute] = text
        self.made.append(f"self.{attribute} = {self.draft.context.prefix}.placeholder(None)")

    def rename(self, name: str, attribute: str) -> None:
        """``name`` is an attribute everywhere in the function.

        Raises:
          Refusal: something inside of the function has the name for itself.
        """
        for node in ast.walk(self.function):
            if node is not self.function and isinstance(node, _SCOPES) and name in _own(node):
                raise Refusal(node, f"`{name}` is the name of something else in here")
            if isinstance(node, ast.Name) and node.id == name:
                self.draft.renamed[node] = f"self.{attribute}"


def _own(scope: ast.AST) -> set[str]:
    """The names that an inner function or comprehension binds."""
    found = {n.id for n in ast.walk(scope) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return found | {n.arg for n in ast.walk(scope) if isinstance(n, ast.arg)}
