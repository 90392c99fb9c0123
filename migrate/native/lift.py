"""One module from TensorFlow 1 to TensorFlow 2: analysed, planned and written anew, or refused."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from ..module import Module
from . import checkpoint_map, estimators, exact, imports, loops, objects
from . import families as families
from . import gradients as gradients  # registers its names
from . import plan as planning
from . import steps as steps  # registers its names
from .checkpoint_map import CheckpointMap
from .context import Context, Region
from .emit import Emitter
from .environment import Environment
from .layout import Layout, squeezed
from .output import inspect
from .refusal import Refusal
from .render import Renderer
from .runs import Runs
from .walk import Walker


@dataclass(frozen=True, slots=True)
class Lifted:
    """The text of a module that was lifted, and where its checkpoints keep what the old ones had."""

    text: str
    checkpoints: tuple[CheckpointMap, ...] = ()


def lift_program(modules: Mapping[str, Module]) -> dict[str, str]:
    """The new text of every module of a program, by path.

    Raises:
      Refusal: something in one of them is not known to be sound; its ``path`` says in which.
    """
    texts = {path: module.text.decode("utf-8") for path, module in modules.items()}
    users = {path: m for path, m in modules.items() if m.facts is not None and m.facts.tf_names}
    for path, module in users.items():
        try:
            if len(users) > 1:
                raise Refusal(None, "several modules of the program use TensorFlow; such are not lifted yet")
            texts[path] = lift(module).text
            inspect(Module(path, texts[path].encode("utf-8"), module.package), module)
        except Refusal as refusal:
            refusal.path = path
            raise
    return texts


def lift(module: Module) -> Lifted:
    """Lift one module that is a program by itself.

    Raises:
      Refusal: something in it is not known to be sound.
    """
    own = Module(module.path, module.text, module.package, tree=ast.parse(module.text.decode()))
    written, place = estimators.written_out(own)
    try:
        return _lifted(written)
    except Refusal as refusal:
        place(refusal)
        raise


def _lifted(own: Module) -> Lifted:
    """Lift a module whose tree nobody else looks at."""
    context = Context(own)
    region = Region(own.tree, Environment())
    region.taken |= {n.id for n in ast.walk(own.tree) if isinstance(n, ast.Name)}
    Walker(context, region).region_body(own.tree.body)
    layout = Layout(context)
    renderer = Renderer(context, layout, prefix=context.prefix)
    plans, runs = {}, Runs()
    objects.borrow(context)
    for owner, found in context.regions.items():
        plans[owner] = planning.make(found)
        loops.check(plans[owner], found)
        runs.add(plans[owner], found.sites, renderer)
    lines = Emitter(context, region, plans, runs, renderer).body(region.body, 0, len(layout.lines) + 1, 0)
    text = exact.inserted("\n".join(squeezed(lines)))
    settled = imports.settled(text, context).replace("\n", layout.newline)
    return Lifted(settled, checkpoint_map.maps(context, renderer))
