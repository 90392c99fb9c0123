"""One module from TensorFlow 1 to TensorFlow 2: analysed, planned and written anew, or refused."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..module import Module
from . import checkpoint_map, exact, handed, imports, loops, objects, passed, tidy, written
from . import families as families
from . import gradients as gradients  # registers its names
from . import plan as planning
from . import steps as steps  # registers its names
from .checkpoint_map import CheckpointMap
from .context import Context, Region
from .emit import Emitter
from .environment import Environment
from .layout import Layout
from .refusal import Refusal
from .render import Renderer
from .runs import Runs
from .spacing import spaced
from .walk import Walker


@dataclass(frozen=True, slots=True)
class Lifted:
    """The text of a module that was lifted, and where its checkpoints keep what the old ones had."""

    text: str
    checkpoints: tuple[CheckpointMap, ...] = ()


def lift(module: Module, alone: bool = True) -> Lifted:
    """Lift one module that is the only one of its program with TensorFlow, or (``alone``) the only one at all.

    Raises:
      Refusal: something in it is not known to be sound.
    """
    own = Module(module.path, module.text, module.package, tree=ast.parse(module.text.decode()))
    text, place = written.out(own)
    try:
        return _lifted(text, alone)
    except Refusal as refusal:
        place(refusal)
        raise


def _lifted(own: Module, alone: bool) -> Lifted:
    """Lift a module whose tree nobody else looks at."""
    text, context, renderer = rewritten(own)
    text = tidy.tidied(text, context, alone)
    context.needs |= {exact.IMPORTS[name] for name in exact.needed(text) if name in exact.IMPORTS}
    text = exact.inserted(text)
    settled = imports.settled(text, context).replace("\n", renderer.layout.newline)
    return Lifted(settled, checkpoint_map.maps(context, renderer))


def rewritten(
    own: Module, imported: Mapping[str, set[str]] | None = None, taken: Iterable[str] = ()
) -> tuple[str, Context, Renderer]:
    """The new text but for its imports, with what is known about the module; nobody else may look at its tree.

    Args:
      own: the module, or several that were joined.
      imported: what joined modules call each other's names.
      taken: names that nothing new must have.

    Raises:
      Refusal: something in it is not known to be sound.
    """
    context = Context(own)
    region = Region(own.tree, Environment())
    region.taken |= {n.id for n in ast.walk(own.tree) if isinstance(n, ast.Name)}
    context.imported = {name: found - region.taken for name, found in (imported or {}).items()}
    region.taken |= {i.local for i in own.imports} | set(taken)
    Walker(context, region).region_body(own.tree.body)
    layout = Layout(context)
    renderer = Renderer(context, layout, prefix=context.prefix)
    plans, runs = {}, Runs()
    objects.borrow(context)
    passed.check(context)
    handed.check(context)
    for owner, found in context.regions.items():
        plans[owner] = planning.make(found)
        loops.check(plans[owner], found)
        runs.add(plans[owner], found.sites, renderer)
    lines = Emitter(context, region, plans, runs, renderer).body(region.body, 0, len(layout.lines) + 1, 0)
    return "\n".join(spaced(lines, layout, own.tree)), context, renderer
