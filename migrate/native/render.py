"""Source text of nodes with what was replaced in them, as it reads inside one function or outside of all."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping

from .context import Context
from .environment import key_of
from .refusal import Refusal
from .values import State

Replacement = Callable[["Renderer"], str]


class Renderer:
    """Renders expressions and statements of one module.

    Args:
      context: the module. replacements: text by node. renames: text by key ("self.x" → "x"), for this place only.
      prefix: how the program calls TensorFlow.
    """

    def __init__(
        self, context: Context, replacements: Mapping[ast.AST, Replacement], renames: Mapping[str, str], prefix: str
    ) -> None:
        self.context = context
        self.replacements = replacements
        self.renames = dict(renames)
        self.prefix = prefix

    def within(self, renames: Mapping[str, str]) -> Renderer:
        """The same for a place where these names are called otherwise."""
        return Renderer(self.context, self.replacements, {**self.renames, **renames}, self.prefix)

    def tf(self, name: str) -> str:
        """A TensorFlow 2 name as this program spells it."""
        return f"{self.prefix}{name[2:]}" if name.startswith("tf.") else name

    def name(self, key: str) -> str:
        """A key as it is called here."""
        return self.renames.get(key, key)

    def text(self, node: ast.AST | None) -> str:
        """The source of a node, rewritten."""
        if node is None:
            return ""
        if node in self.replacements:
            return self.replacements[node](self)
        renamed = self._renamed(node)
        return renamed if renamed is not None else self._spliced(node)

    def _renamed(self, node: ast.AST) -> str | None:
        if isinstance(node, (ast.Name, ast.Attribute)):
            key = key_of(node)
            if key is not None and key in self.renames:
                return self.renames[key]
        return None

    def _spliced(self, node: ast.AST) -> str:
        """The original text with changed descendants put in."""
        module = self.context.module
        start, end = module.span(node)
        out, at = [], start
        for child in self._changed(node):
            child_start, child_end = module.span(child)
            out.append(module.text[at:child_start].decode())
            out.append(self.text(child))
            at = child_end
        out.append(module.text[at:end].decode())
        return "".join(out)

    def _changed(self, node: ast.AST) -> Iterator[ast.AST]:
        """The topmost changed descendants, in order."""
        found = list(self._search(node))
        found.sort(key=lambda n: (n.lineno, n.col_offset))  # type: ignore[attr-defined]
        yield from found

    def _search(self, node: ast.AST) -> Iterator[ast.AST]:
        for child in ast.iter_child_nodes(node):
            if child in self.replacements or self._renamed(child) is not None:
                if isinstance(node, ast.FormattedValue):
                    raise Refusal(node, "a formatted string holds something that must be rewritten")
                yield child
            else:
                yield from self._search(child)

    def variables(self, states: list[State], trainable: bool = True) -> str:
        """A list of variables, those of layers among them."""
        attribute = "trainable_variables" if trainable else "variables"
        if all(s.kind == "layer" for s in states):
            return " + ".join(f"{self.name(s.path)}.{attribute}" for s in dict.fromkeys(states))
        parts = [f"*{self.name(s.path)}.{attribute}" if s.kind == "layer" else self.name(s.path) for s in states]
        return f"[{', '.join(parts)}]"
