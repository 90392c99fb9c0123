"""Source text of nodes with what was replaced in them, as it reads inside one function or outside of all."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from . import dead
from .context import Context
from .environment import key_of
from .layout import Layout
from .needs import Need
from .refusal import Refusal
from .values import State

_FEW = 3  # layers whose variables are added up one by one; more are looped over


class Renderer:
    """Renders expressions and statements of one module.

    Args:
      context: the module, with the text of what was replaced. layout: its lines.
      renames: text by key ("self.x" → "x"), for this place only. prefix: how the program calls TensorFlow.
    """

    def __init__(
        self, context: Context, layout: Layout, renames: Mapping[str, str] | None = None, prefix: str = "tf"
    ) -> None:
        self.context = context
        self.layout = layout
        self.replacements = context.replacements
        self.renames = dict(renames or {})
        self.prefix = prefix
        self.dimensions: Mapping[ast.AST, str] = {}

    def within(self, renames: Mapping[str, str]) -> Renderer:
        """The same for a place where these names are called otherwise."""
        return self._like({**self.renames, **renames}, self.dimensions)

    def hiding(self, names: set[str]) -> Renderer:
        """The same for a place where these names have nothing to do with those of the same name elsewhere."""
        return self._like({k: v for k, v in self.renames.items() if k not in names}, self.dimensions)

    def sized(self, dimensions: Mapping[ast.AST, object]) -> Renderer:
        """The same for text in which these dimensions of tensors are written as numbers or names."""
        return self._like(self.renames, {**self.dimensions, **{node: str(size) for node, size in dimensions.items()}})

    def _like(self, renames: Mapping[str, str], dimensions: Mapping[ast.AST, str]) -> Renderer:
        other = Renderer(self.context, self.layout, renames, self.prefix)
        other.dimensions = dimensions
        return other

    def dimension(self, node: ast.AST) -> str:
        """``x.get_shape()[1]``, or its size where that is wanted."""
        return self.dimensions[node] if node in self.dimensions else self.spliced(node)

    def plain(self, node: ast.expr) -> str:
        """A name as it is, whatever it was replaced by."""
        return self._renamed(node) or self.context.source(node)

    def unreplaced(self, node: ast.expr) -> str:
        """An expression itself as it is, with what is replaced inside of it."""
        return self._renamed(node) or self.spliced(node)

    def made(self, node: ast.AST, state: State | None) -> str:
        """How the state that a call makes is reached: where it was placed, or as ``state`` says."""
        placed = self.context.placed.get(node)
        return self.name(placed) if placed is not None else self.name(state.reached) if state is not None else ""

    def tf(self, name: str) -> str:
        """A TensorFlow 2 name as this program spells it."""
        return f"{self.prefix}{name[2:]}" if name.startswith("tf.") else name

    def need(self, module: str, name: str, local: str) -> str:
        """A name that the new text imports, and how it is called there."""
        self.context.needs.add(Need(module, name, local))
        return local

    def name(self, key: str) -> str:
        """A key as it is called here."""
        return self.renames.get(key, key)

    def attribute(self, node: ast.Attribute, key: str) -> str:
        """An attribute of an object, by the key that it has inside of its class: inside, ``model.loss`` is ``loss``."""
        return self.renames[key] if key in self.renames else self.spliced(node)

    def text(self, node: ast.AST | None) -> str:
        """The source of a node, rewritten."""
        if node is None:
            return ""
        if node in self.replacements:
            return self.replacements[node](self)
        renamed = self._renamed(node)
        return renamed if renamed is not None else self.spliced(node)

    def _renamed(self, node: ast.AST) -> str | None:
        if isinstance(node, (ast.Name, ast.Attribute)):
            key = key_of(node)
            if key is not None and key in self.renames:
                return self.renames[key]
        return None

    def spliced(self, node: ast.AST) -> str:
        """The original text of a node with changed descendants put in."""
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

    def dissolved(self, node: ast.With) -> str:
        """The statements of a block without its header, at the header's column."""
        lines: list[str] = []
        at = node.body[0].lineno - 1
        while self.layout.lines[at - 1].strip().startswith("#"):
            at -= 1
        for statement in node.body:
            lines += [line.strip() for line in self.layout.lines[at : statement.lineno - 1]]
            at = statement.end_lineno or statement.lineno
            text = dead.without(self.text(statement))
            if not text:
                continue
            lines += self.layout.shift(text, statement.lineno, statement.col_offset, node.col_offset)
            lines[-1] += self.layout.tail(statement)
        shifted = [" " * node.col_offset + line if line and not line.startswith(" ") else line for line in lines]
        return "\n".join(shifted).lstrip()

    def variables(self, states: list[State], trainable: bool = True) -> str:
        """A list of variables, those of layers among them."""
        attribute = "trainable_variables" if trainable else "variables"
        layers = list(dict.fromkeys(self.name(s.reached) for s in states))
        if len(states) > _FEW and all(s.kind == "layer" for s in states):
            return f"[v for layer in ({', '.join(layers)}) for v in layer.{attribute}]"
        if all(s.kind == "layer" for s in states):
            return " + ".join(f"{self.name(s.reached)}.{attribute}" for s in dict.fromkeys(states))
        alike = _alike(layers) if not any(s.kind == "layer" for s in states) else ""
        if alike:
            return alike
        parts = [f"*{self.name(s.reached)}.{attribute}" if s.kind == "layer" else self.name(s.reached) for s in states]
        return f"[{', '.join(parts)}]"


def _alike(names: list[str]) -> str:
    """A list of the same attributes of several objects, as a loop over these; "" where it is none."""
    pairs = [name.rpartition(".") for name in names]
    owners = list(dict.fromkeys(owner for owner, _, _ in pairs))
    attributes = list(dict.fromkeys(attribute for _, _, attribute in pairs))
    if len(names) <= _FEW or len(owners) < 2 or len(attributes) < 2 or "" in owners:
        return ""
    if names != [f"{owner}.{attribute}" for owner in owners for attribute in attributes]:
        return ""
    parts = ", ".join(f"part.{attribute}" for attribute in attributes)
    return f"[v for part in ({', '.join(owners)}) for v in ({parts})]"
