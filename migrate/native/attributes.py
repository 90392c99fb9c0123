"""Names in classes: what ``__init__`` kept in ``self`` is a local name in a method that computes it, and locals become attributes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .context import Region
from .refusal import Refusal
from .statements import Fetch, Statement
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
    parts: list[Statement | Fetch] = [*moved, *(x for f in plan.functions for x in f.fetches)]
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
            _keep(region, key, moved)
        plan.renames[key] = f"self.{kept or key}"


def _keep(region: Region, key: str, moved: set[Statement]) -> None:
    """Make a local of ``__init__`` that nothing changes after it was read an attribute.

    Raises:
      Refusal: something may change it, or another name would be taken for it.
    """
    readers = sorted((s for s in moved if key in s.reads), key=lambda s: s.index)
    binders = [s for s in region.statements if key in s.defines and not s.children]
    others = [m for m in region.methods.values() if m.name != "__init__"]
    init = region.methods["__init__"]
    scopes = (ast.Lambda, ast.FunctionDef, ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
    inner = [n for n in ast.walk(init) if isinstance(n, scopes) and n is not init]
    if (
        not readers
        or any(b.index > readers[0].index or b.node not in init.body for b in binders)
        or any(isinstance(n, ast.Name) and n.id == key for part in (*others, *inner) for n in ast.walk(part))
        or any(_changes(s.node, key) for s in region.statements if s.index > readers[0].index)
        or f"self.{key}" in region.environment.names
        or key in region.methods
    ):
        raise Refusal(next(iter(moved)).node, f"`{key}`, a local of `__init__`, is read by what runs later")
    region.renames[key] = f"self.{key}"


def _changes(statement: ast.stmt, key: str) -> bool:
    """Whether a statement may change in place what a name stands for."""
    for node in ast.walk(statement):
        target = node.func if isinstance(node, ast.Call) else node
        if not isinstance(target, (ast.Attribute, ast.Subscript)) or not isinstance(target.value, ast.Name):
            continue
        if target.value.id == key and (target is not node or not isinstance(target.ctx, ast.Load)):
            return True
    return False


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
