"""Tensors that are fed although they are there without a run: constants, and first states of recurrent networks.

The function that replaces the run takes them by their name, which hides the value that they have outside.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .refusal import Refusal
from .values import Eager, Feed, Sequence, Value, leaves

if TYPE_CHECKING:
    from .context import Region
    from .evaluate import Evaluator
    from .render import Renderer
    from .statements import Site


def is_fixed(value: Value) -> bool:
    """Whether a value, or all of a state, is computed where it stands."""
    found = leaves(value)
    return bool(found) and all(isinstance(leaf, Eager) for leaf in found)


def one_of(values: list[Value]) -> Feed | None:
    """One of several dictionaries of feeds, which of them is not known; None where something else is among them."""
    found = [v for v in values if isinstance(v, Feed)]
    if not found or len(found) < len(values):
        return None
    return Feed(
        tuple(item for feed in found for item in feed.items), {n: k for feed in found for n, k in feed.nodes.items()}
    )


def complete(self: Evaluator, feed: Feed) -> None:
    """What one of the dictionaries feeds and another does not, gets there the value that it has without being fed.

    Raises:
      Refusal: it has none.
    """
    for node, keys in feed.nodes.items():
        lacking = [k for k in dict.fromkeys(k for k, _ in feed.items) if k not in keys]
        for key in lacking:
            if _fixed(self.region, key) is None:
                raise Refusal(node, f"`{key}` is fed by some runs of this line and not by others")
        if lacking:
            self.replacements[node] = lambda r, node=node, lacking=lacking: _extended(r, node, lacking)


def _extended(renderer: Renderer, node: ast.Dict, keys: list[str]) -> str:
    text = renderer.spliced(node)[:-1].rstrip().removesuffix(",")
    return f"{text}, {', '.join(f'{renderer.context.quoted(k)}: {renderer.name(k)}' for k in keys)}}}"


def check(region: Region, site: Site, computes: bool) -> None:
    """Whether the values that are fed reach everything that depends on them; ``computes`` tells whether a function replaces the run.

    Raises:
      Refusal: something was computed from what is fed now, or the function cannot be told what it takes.
    """
    for key, value in site.feeds:
        if _fixed(region, key) is None:
            continue
        if region.is_class or not computes:
            raise Refusal(value, f"`{key}`, which is fed, is there without a run")
        bound = [s for s in region.statements if key in s.defines]
        if len(bound) > 1:
            raise Refusal(bound[-1].node, f"`{key}` is fed, and bound to something else here")
        for statement in region.statements:
            if key in statement.reads and statement.defines and statement.kind in ("plain", "state", "floating"):
                raise Refusal(value, f"`{key}` is fed, and line {statement.node.lineno} has computed something from it")


def spec(region: Region, key: str, renderer: Renderer) -> str | None:
    """The signature of such a parameter; None for any other."""
    value = _fixed(region, key)
    if value is None:
        return None
    one = renderer.tf("tf.TensorSpec.from_tensor")
    return f"{renderer.tf('tf.nest.map_structure')}({one}, {key})" if isinstance(value, Sequence) else f"{one}({key})"


def _fixed(region: Region, key: str) -> Value | None:
    binding = region.environment.find(key)
    return binding.value if binding is not None and is_fixed(binding.value) else None
