"""Where the variables of an old checkpoint lie in one of the lifted program: for `tf2kit convert-checkpoint`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .calls import bind

if TYPE_CHECKING:
    from .context import Context
    from .families.saved import Contents
    from .render import Renderer
    from .values import Train


@dataclass(frozen=True, slots=True)
class Held:
    """A variable or a layer.

    Attributes:
      old: its TensorFlow 1 name ("dense" for "dense/kernel" and "dense/bias"). edges: attributes from the checkpoint to it.
      layer: class of the layer ("Dense"), "" for a variable.
    """

    old: str
    edges: tuple[str, ...]
    layer: str


@dataclass(frozen=True, slots=True)
class HeldOptimizer:
    """An optimizer: the attribute that holds it, its class, and what the program says about it.

    ``rate`` and ``beta`` (Adam's first) are None where they are not known before the program runs. ``everything`` tells whether it
    trains all that its loss depends on, in the order of creation.
    """

    attribute: str
    rule: str
    rate: float | None
    beta: float | None
    everything: bool


@dataclass(frozen=True, slots=True)
class CheckpointMap:
    """What one Saver of a program holds; ``line`` is where the program makes it."""

    line: int
    held: tuple[Held, ...]
    optimizers: tuple[HeldOptimizer, ...]


def maps(context: Context, renderer: Renderer) -> tuple[CheckpointMap, ...]:
    """One map for each Saver of a module that was lifted."""
    uses = sorted(context.savers.values(), key=lambda u: u.node.lineno)
    return tuple(
        CheckpointMap(u.node.lineno, tuple(_held(u.contents, renderer)), tuple(_optimizers(u.contents))) for u in uses
    )


def _held(contents: Contents, renderer: Renderer) -> Iterator[Held]:
    for part in contents.parts:
        state = part.state
        attribute, _ = contents.item(part, renderer)
        row = state.row
        layer = row.new.rsplit(".", 1)[-1] if state.kind == "layer" and row is not None else ""
        inner = () if contents.is_flat(part) else _inside(part.path)
        yield Held(part.alias or state.scoped.split("|")[0], (attribute, *inner), layer)


def _inside(path: str) -> tuple[str, ...]:
    """The keys behind the first name of a path: ("h1",) for "weights['h1']"."""
    found: list[str] = []
    node: ast.expr = ast.parse(path, mode="eval").body
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        if isinstance(node, ast.Subscript):
            found.insert(0, str(ast.literal_eval(node.slice)))
        elif not (isinstance(node.value, ast.Name) and node.value.id == "self"):
            found.insert(0, node.attr)
        node = node.value
    return tuple(found)


def _optimizers(contents: Contents) -> Iterator[HeldOptimizer]:
    names = dict(zip(contents.optimizers, contents.optimizer_names(), strict=True))
    for path, name in names.items():
        trains = [t for t in contents.trains if t.optimizer.path == path]
        optimizer = trains[0].optimizer
        assert optimizer.row is not None
        rule = optimizer.row.new.rsplit(".", 1)[-1]
        given = bind(optimizer.node, optimizer.row)
        yield HeldOptimizer(
            name, rule, contents.rates.get(path), _number(given.get("beta1"), 0.9), _trains_everything(trains)
        )


def _number(node: ast.expr | None, default: float) -> float | None:
    if node is None:
        return default
    return float(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) else None


def _trains_everything(trains: list[Train]) -> bool:
    return all(t.variables is None and t.loss is not None for t in trains)
