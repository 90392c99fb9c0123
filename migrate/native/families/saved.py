"""What a Saver saves, under which attributes of a Checkpoint, and where."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..calls import bind
from ..context import Region
from ..needs import local_name
from ..refusal import Refusal
from ..values import Instance, Plain, Sequence, Series, State, Table, Train, leaves

if TYPE_CHECKING:
    from ..evaluate import Evaluator
    from ..render import Renderer

_ROOT = re.compile(r"(?:self\.)?(\w+)")
_EVERYTHING = frozenset({"tf.global_variables", "tf.all_variables"})


@dataclass(frozen=True, slots=True)
class Part:
    """One variable or layer by its TensorFlow 1 name, in the region that made it.

    Attributes:
      holder: the expression of the object that has it, "" for the region's own. alias: the name that a dictionary gave it.
    """

    region: Region
    scoped: str
    holder: str = ""
    alias: str = ""

    @property
    def state(self) -> State:
        """The variable, as it is called by now."""
        return next(s for s in self.region.states if s.scoped == self.scoped)

    @property
    def path(self) -> str:
        """How its region reaches it."""
        return self.state.reached


@dataclass(slots=True)
class Contents:
    """What one Saver holds: variables and layers, and the optimizers that had trained when it was made.

    ``trains``: what trained before. ``rates``: learning rates by the path of the optimizer, as far as they are known.
    ``by_old_name``: attributes are the names of TensorFlow 1, not those of the program: several graphs share checkpoints by these.
    """

    node: ast.Call
    parts: list[Part]
    trains: list[Train]
    rates: dict[str, float]
    by_old_name: bool = False

    def items(self, r: Renderer) -> Iterator[tuple[str, str]]:
        """Attribute and expression of each thing that the checkpoint tracks; variables in one list or dictionary come together."""
        found: dict[str, str] = {}
        for part in self.parts:
            name, text = self.item(part, r)
            if found.get(name, text) != text:
                raise Refusal(self.node, f"two things that are saved are called `{name}`")
            found[name] = text
        for path, name in zip(self.optimizers, self.optimizer_names(), strict=True):
            if name in found:
                raise Refusal(self.node, f"a variable that is saved is called like an optimizer, `{name}`")
            found[name] = r.name(path)
        yield from found.items()

    @property
    def optimizers(self) -> list[str]:
        """Paths of the optimizers."""
        return list(dict.fromkeys(t.optimizer.path for t in self.trains))

    def optimizer_names(self) -> list[str]:
        """The attributes under which the optimizers are tracked."""
        if len(self.optimizers) == 1:
            return ["optimizer"]
        own = [path.removeprefix("self.").rpartition(".")[2] for path in self.optimizers]
        return [f"optimizer_{i}" if self.by_old_name else attribute_of(path) for i, path in enumerate(own)]

    def is_flat(self, part: Part) -> bool:
        """Whether a variable is tracked by itself, and not as an entry of a list or a dictionary."""
        return self.by_old_name or bool(part.alias) or (bool(part.holder) and part.state.holder is None)

    def item(self, part: Part, r: Renderer) -> tuple[str, str]:
        """Attribute and expression of one variable, layer, or the container that has it."""
        path = part.path
        if self.by_old_name and path:
            return re.sub(r"\W", "_", part.alias or part.scoped), _reached(part, r)
        if part.alias:
            return re.sub(r"\W", "_", part.alias), _reached(part, r)
        if not path:
            raise Refusal(part.state.node, "a variable that is saved has no name in the program")
        match = _ROOT.match(path)
        assert match is not None
        if part.holder and part.state.holder is None:
            return match[1], _reached(part, r)
        if match[0] == path:
            return match[1], r.name(path)
        held = {p.scoped for p in self.parts}
        for state in part.region.states:
            reached = state.reached
            if state.scoped not in held and (_ROOT.match(reached) or match)[0] == match[0] and reached:
                raise Refusal(self.node, f"only a part of `{match[0]}` is saved")
        return match[1], f"{part.holder}.{match[1]}" if part.holder else r.name(match[0])


def _reached(part: Part, r: Renderer) -> str:
    """The expression that reaches a variable where the Saver is made."""
    path = part.path
    return f"{part.holder}.{path.removeprefix('self.')}" if part.holder else r.name(path)


def attribute_of(path: str) -> str:
    """The attribute under which a checkpoint tracks what lies at ``path``: "self.w['a']" → "w"."""
    match = _ROOT.match(path)
    assert match is not None
    return match[1]


def contents(self: Evaluator, node: ast.Call, var_list: ast.expr | None) -> Contents:
    """What ``tf.train.Saver(var_list)`` would save.

    Raises:
      Refusal: that is not known.
    """
    everything = var_list is None or (isinstance(var_list, ast.Constant) and var_list.value is None)
    if not everything and isinstance(var_list, ast.Call) and not var_list.args and not var_list.keywords:
        everything = self.context.tf_name(var_list.func) in _EVERYTHING
    if everything:
        trains = [t for s in self.region.statements for t in s.trains]
        found = Contents(node, list(_all(self)), [*trains, *_of_objects(self, node)], _rates(self, trains))
    else:
        assert var_list is not None
        found = Contents(node, list(_listed(self, var_list)), [], {})
    if not found.parts:
        raise Refusal(node, "what a Saver saves is not known")
    return found


def _all(self: Evaluator) -> Iterator[Part]:
    """The variables and layers that exist so far, those of objects among them."""
    for state in self.region.states:
        yield Part(self.region, state.scoped)
    for binding in self.region.environment.names.values():
        if isinstance(binding.value, Instance):
            for state in binding.value.region.states:
                yield Part(binding.value.region, state.scoped, binding.value.path)


def _of_objects(self: Evaluator, node: ast.Call) -> Iterator[Train]:
    """The training operations of objects, with their optimizers as they are reached from here."""
    for instance in [made.instance for made in self.region.objects]:
        bound = any(b.value is instance for b in self.region.environment.names.values())
        if not bound and instance.region.states:
            raise Refusal(node, "variables of an object are saved that has no name of its own here")
        for train in [t for s in instance.region.statements for t in s.trains]:
            path = f"{instance.path}.{train.optimizer.path.removeprefix('self.')}"
            yield replace(train, optimizer=replace(train.optimizer, path=path))


def _rates(self: Evaluator, trains: list[Train]) -> dict[str, float]:
    """Learning rates by the path of the optimizer, as far as they are known."""
    found: dict[str, float] = {}
    for optimizer in [t.optimizer for t in trains]:
        given = bind(optimizer.node, optimizer.row) if optimizer.row is not None else {}
        value = self.value(given.get("learning_rate"))
        if isinstance(value, Plain) and isinstance(value.constant, (int, float)):
            found[optimizer.path] = float(value.constant)
    return found


def _listed(self: Evaluator, node: ast.expr) -> Iterator[Part]:
    value = self.value(node)
    if isinstance(value, Table):
        named = [(str(key), item) for key, item in value.items.items()]
    elif isinstance(value, (Sequence, State)):
        named = [("", leaf) for leaf in leaves(value)]
    else:
        kind = "a list whose length is not known" if isinstance(value, Series) else "something that is not known"
        raise Refusal(node, f"a Saver is given {kind}")
    for alias, item in named:
        if not isinstance(item, State):
            raise Refusal(node, "a Saver is given something that is no variable")
        if item.kind == "layer" and str(getattr(item.row, "new", "")).endswith("BatchNormalization"):
            raise Refusal(node, "a Saver is given some variables of a batch normalization and not all")
        yield Part(self.region, item.scoped, alias=alias)


# -- where it is saved -----------------------------------------------------------------------------------------------
def place(r: Renderer, path: ast.expr, made: ast.Call) -> tuple[str, str]:
    """Source of the directory and of the name of the files, as they can be written where the Saver is made.

    Raises:
      Refusal: the path is not known there, or not in this form.
    """
    _known_at(r, path, made)
    q = r.context.quote
    if isinstance(path, ast.Constant) and isinstance(path.value, str):
        directory, name = os.path.split(path.value)
        return f"{q}{directory or '.'}{q}", f"{q}{name}{q}"
    if isinstance(path, ast.BinOp) and isinstance(path.op, ast.Add) and isinstance(path.right, ast.Constant):
        tail = path.right.value
        if isinstance(tail, str) and tail.startswith("/") and tail.count("/") == 1:
            return r.text(path.left), f"{q}{tail[1:]}{q}"
    if isinstance(path, ast.Call) and ast.unparse(path.func) == "os.path.join" and len(path.args) > 1:
        *folders, last = path.args
        if isinstance(last, ast.Constant) and isinstance(last.value, str) and "/" not in last.value:
            joined = ", ".join(r.text(f) for f in folders)
            return joined if len(folders) == 1 else f"{r.text(path.func)}({joined})", f"{q}{last.value}{q}"
    if isinstance(path, (ast.Name, ast.Attribute)):
        module = r.need("", "os", local_name(r.context, "", "os"))
        return f"{module}.path.dirname({r.text(path)})", f"{module}.path.basename({r.text(path)})"
    raise Refusal(path, "where checkpoints are saved is not written as a folder and a name")


def _known_at(r: Renderer, path: ast.expr, made: ast.Call) -> None:
    """Names of the path must have their only value before the Saver is made."""
    owner = _owner(r, made)
    for name in [n for n in ast.walk(path) if isinstance(n, ast.Name)]:
        for node in ast.walk(r.context.module.tree):
            later = (
                (node.lineno, node.col_offset) > (made.lineno, made.col_offset) if isinstance(node, ast.Name) else False
            )
            if isinstance(node, ast.Name) and node.id == name.id and isinstance(node.ctx, ast.Store) and later:
                raise Refusal(node, f"`{name.id}`, which tells where checkpoints are saved, is bound behind the Saver")
        if _owner(r, name) is not owner and name.id in _locals(_owner(r, name)):
            raise Refusal(
                name, f"`{name.id}`, which tells where checkpoints are saved, is a parameter of another function"
            )


def _owner(r: Renderer, node: ast.AST) -> ast.AST | None:
    here: ast.AST | None = node
    while here is not None and not isinstance(here, (ast.FunctionDef, ast.Lambda)):
        here = r.context.parents.get(here)
    return here


def _locals(node: ast.AST | None) -> set[str]:
    """Parameters of a function, and the names that it binds."""
    if node is None:
        return set()
    stored = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return stored | {n.arg for n in ast.walk(node) if isinstance(n, ast.arg)}
