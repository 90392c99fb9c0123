"""Tensors that are fed although they are there without a run: constants, and first states of recurrent networks.

The function that replaces the run takes them by their name, which hides the value that they have outside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .refusal import Refusal
from .values import Eager, Sequence, Value, leaves

if TYPE_CHECKING:
    from .context import Region
    from .render import Renderer
    from .statements import Site


def is_fixed(value: Value) -> bool:
    """Whether a value, or all of a state, is computed where it stands."""
    found = leaves(value)
    return bool(found) and all(isinstance(leaf, Eager) for leaf in found)


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
