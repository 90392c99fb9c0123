"""Names in classes: what ``__init__`` kept in ``self`` is a local name in a method that computes it, and locals become attributes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .context import Region
from .refusal import Refusal
from .statements import Statement
from .values import Plain, is_state

if TYPE_CHECKING:
    from .plan import Plan


def settle(plan: Plan, region: Region) -> None:
    """Decide what each name is called in the methods that replace runs.

    Raises:
      Refusal: two things would have one name.
    """
    moved = {s for f in plan.functions for s in f.statements}
    _tensors(plan, moved)
    _locals(plan, region, moved)


def _tensors(plan: Plan, moved: set[Statement]) -> None:
    """``self.loss`` is ``loss`` in methods."""
    bare = {k for s in moved for k in s.defines if not k.startswith("self.")}
    bare |= {k for f in plan.functions for k in f.parameters if not k.startswith("self.")}
    state = {c.name for s in moved for c in s.created}
    for statement in sorted(moved, key=lambda s: s.index):
        for key in sorted(statement.defines):
            if key.startswith("self.") and key not in state:
                name = key.removeprefix("self.")
                plan.renames[key] = f"{name}_" if name in bare else name


def _locals(plan: Plan, region: Region, moved: set[Statement]) -> None:
    """Python values of ``__init__`` that methods read become attributes."""
    init = region.methods.get("__init__")
    parameters = {a.arg for a in init.args.args[1:] + init.args.kwonlyargs} if init is not None else set()
    parts = [*moved, *(x for f in plan.functions for x in f.fetches)]
    read = {k for p in parts for k in p.reads}
    read |= {k for p in parts for k, makers in p.uses.items() if not any(m.moves for m in makers)}
    for key in sorted(read & set(region.locals)):
        binding = region.locals[key]
        if is_state(binding.value):
            region.renames.setdefault(key, f"self.{key}")
        if not isinstance(binding.value, Plain):
            continue
        kept = _kept_already(region, key)
        if kept is None and key in parameters and not _rebound(region, key):
            plan.kept_parameters.append(key)
        elif kept is None:
            raise Refusal(next(iter(moved)).node, f"`{key}`, a local of `__init__`, is read by what runs later")
        plan.renames[key] = f"self.{kept or key}"


def _kept_already(region: Region, key: str) -> str | None:
    """The attribute that a local is assigned to as it is."""
    init = region.methods["__init__"]
    for node in ast.walk(init):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and node.value.id == key:
            target = node.targets[0]
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self":
                return target.attr
    return None


def _rebound(region: Region, key: str) -> bool:
    init = region.methods["__init__"]
    return any(isinstance(n, ast.Name) and n.id == key and isinstance(n.ctx, ast.Store) for n in ast.walk(init))
