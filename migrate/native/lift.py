"""One module from TensorFlow 1 to TensorFlow 2: analysed, planned and written anew, or refused."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from ..module import Module
from . import plan as planning
from .context import Context, Region
from .emit import Emitter
from .environment import Environment
from .layout import Layout, squeezed
from .refusal import Refusal
from .render import Renderer
from .walk import Walker


@dataclass(frozen=True, slots=True)
class Lifted:
    """The text of a module that was lifted."""

    text: str


def lift(module: Module) -> Lifted:
    """Lift one module that is a program by itself.

    Raises:
      Refusal: something in it is not known to be sound.
    """
    context = Context(module)
    region = Region(module.tree, Environment())
    region.taken |= {n.id for n in ast.walk(module.tree) if isinstance(n, ast.Name)}
    walker = Walker(context, region)
    walker.region_body(module.tree.body)
    if walker.inner_regions:
        raise Refusal(walker.inner_regions[0], "a function makes a session of its own; that is not lifted yet")
    plan = planning.make(region)
    layout = Layout(context)
    renderer = Renderer(context, walker.evaluator.replacements, {}, "tf")
    emitter = Emitter(region, plan, renderer, layout)
    lines = emitter.body(region.body, 0, len(layout.lines) + 1, 0)
    return Lifted(layout.newline.join(squeezed(lines)))
