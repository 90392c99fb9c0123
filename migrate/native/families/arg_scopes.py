"""``arg_scope`` of slim and contrib: what it gives to a layer is written at the layer, and the block is dissolved.

The same goes for normalizers: a layer with ``normalizer_fn`` is the layers that it stands for (`unfold`).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from .. import hoist, vocabulary
from ..refusal import Refusal
from ..rows import Row
from ..state import make_layer
from ..structural import handles
from ..unfold import unfold, with_defaults
from ..values import ArgScope, Function, Value, is_graph

if TYPE_CHECKING:
    from ..blocks import Opened
    from ..evaluate import Evaluator
    from ..render import Renderer
    from ..walk import Walker

_NAMES = frozenset({"tf.contrib.framework.arg_scope", "tf.contrib.slim.arg_scope"})
_ELSEWHERE = "\0given"  # the name of a node that stands for an expression of another function; no program can have it


# -- opening ---------------------------------------------------------------------------------------------------------
@handles("contrib.framework.arg_scope", "contrib.slim.arg_scope")
def _scope(self: Evaluator, node: ast.Call) -> Value:
    """What is given to which function inside: the scopes that are open, and this one."""
    functions = node.args[0] if len(node.args) == 1 else None
    if isinstance(functions, (ast.List, ast.Tuple)):
        given = {
            str(k.arg): _carried(self, k.value, list(self.frames), self.value(k.value))
            for k in node.keywords
            if k.arg is not None
        }
        if len(given) != len(node.keywords):
            raise Refusal(node, "arguments are passed through * or **", "write them out")
        open_ = dict(self.region.arg_scopes[-1]) if self.region.arg_scopes else {}
        for function in functions.elts:
            name = self.context.tf_name(function)
            row = vocabulary.lookup(name) if name is not None else None
            if name is None or row is None:
                raise Refusal(function, "an arg_scope is for a function that is not known")
            open_[name] = {**open_.get(name, {}), **given}
        return ArgScope(open_)
    known = self.value(functions) if functions is not None and not node.keywords else None
    if not isinstance(known, ArgScope):
        raise Refusal(node, "what an arg_scope gives to which function is not known")
    return known


def _carried(self: Evaluator, node: ast.expr, frames: list[hoist.Frame], value: Value) -> ast.expr:
    """An expression as it can be written at a layer of another function: its parameters and locals are those of here."""
    if not frames or _is_absolute(self, node, frames[-1]):
        return node
    if isinstance(node, ast.Name):
        local, given = frames[-1].locals.get(node.id), frames[-1].given.get(node.id)
        if node.id not in frames[-1].locals and given is not None:
            return _carried(self, given, frames[:-1], value)
        if isinstance(local, ast.Dict):
            node = local
    if isinstance(node, ast.Dict):
        values = [_carried(self, each, frames, self.value(each)) for each in node.values]
        return ast.copy_location(ast.Dict(list(node.keys), values), node)
    if is_graph(value):
        raise Refusal(node, "an arg_scope gives a tensor that another function made")
    stand_in = ast.copy_location(ast.Name(_ELSEWHERE, ast.Load()), node)
    self.context.known[stand_in] = value
    self.replacements[stand_in] = lambda r, node=node: _from_elsewhere(r, node, frames)
    return stand_in


def _is_absolute(self: Evaluator, node: ast.expr, frame: hoist.Frame) -> bool:
    """Whether an expression means the same outside of the function that is being read."""
    return not hoist.names_in(node, {}) & {*frame.locals, *frame.given} or self.context.tf_name(node) is not None


def _settled(self: Evaluator, node: ast.Call, defaults: Mapping[str, ast.expr]) -> Mapping[str, ast.expr]:
    """The arguments of the open scope; their names must mean here what they meant there."""
    frame = self.frames[-1] if self.frames else None
    own = {*frame.locals, *frame.given} if frame is not None else set()
    for name in {n for value in defaults.values() for n in hoist.names_in(value, {})} & own:
        raise Refusal(node, f"`{name}` of an arg_scope means something else in the function where it is used")
    return defaults


def _from_elsewhere(r: Renderer, node: ast.expr, frames: list[hoist.Frame]) -> str:
    own = set(frames[-1].locals) | set(frames[-1].given)
    for name in hoist.names_in(node, {}) - own:
        if name in r.renames:
            raise Refusal(node, f"`{name}` means something else where an arg_scope is used")
    return hoist.within(r, [node], frames).text(node)


def enter(self: Walker, item: ast.withitem, opened: Opened) -> bool:
    """Open the scope of a ``with``; False when it is none."""
    call = item.context_expr
    if not isinstance(call, ast.Call) or self.context.tf_name(call.func) not in _NAMES:
        return False
    uses = dict(self.evaluator.statement.uses) if self.evaluator.statement is not None else {}
    scope = self.evaluator.value(call)
    assert isinstance(scope, ArgScope)
    if self.evaluator.statement is not None:  # layers read what the scope gives them, not the block
        self.evaluator.statement.uses = uses
    self.region.arg_scopes.append(scope.defaults)
    opened.undo.append(self.region.arg_scopes.pop)
    if item.optional_vars is not None:
        self.evaluator.bind(item.optional_vars, scope)
    if call.args and isinstance(call.args[0], ast.Call):
        _drop_maker(self, call.args[0])
    return True


def _drop_maker(self: Walker, call: ast.Call) -> None:
    """A function that only makes a scope is not needed any more."""
    binding = self.evaluator.environment.find(call.func.id) if isinstance(call.func, ast.Name) else None
    function = binding.value if binding is not None else None
    if not isinstance(function, Function) or function.node not in self.definitions:
        raise Refusal(call, "an arg_scope is made where this is not followed")
    name = call.func.id  # type: ignore[attr-defined]
    for node in ast.walk(self.context.module.tree):
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load):
            user = self.context.parents.get(self.context.parents[node])
            if not isinstance(user, ast.Call) or self.context.tf_name(user.func) not in _NAMES:
                raise Refusal(node, f"`{name}` makes an arg_scope that is used for something else than opening it")
    self.definitions[function.node].kind = "dropped"


# -- layers ----------------------------------------------------------------------------------------------------------
def layer(self: Evaluator, node: ast.Call, name: str, row: Row) -> Value:
    """A call of a layer with what open scopes give it, as the layers that it stands for."""
    if node in self.context.settled:
        return make_layer(self, node, row)
    defaults = self.region.arg_scopes[-1].get(name, {}) if self.region.arg_scopes else {}
    call = with_defaults(node, row, _settled(self, node, defaults))
    unfolded = unfold(call, name, row, self.context.tf_name, _resolver(self))
    if unfolded is not None:
        call = unfolded.call
        self.context.full.update(dict(unfolded.names.items()))
    call = _once(self, node, call)
    if call is node:
        return make_layer(self, node, row)
    self.replacements[node] = lambda r: r.text(call)
    value = self.value(call)
    if call not in self.replacements:  # an activation, whose name alone was replaced
        self.replacements[call] = lambda r: f"{r.text(call.func)}({r.text(call.args[0])})"
    return value


def _once(self: Evaluator, node: ast.Call, call: ast.Call) -> ast.Call:
    """The new call for ``node``: the same one at each call of the function around it, whose text there is only one of.

    Raises:
      Refusal: an ``arg_scope`` makes it another one.
    """
    known = self.context.scoped.get(node)
    if known is not None:
        if not _same(known, call):
            raise Refusal(
                node, "an arg_scope gives this layer other arguments at another call of the function around it"
            )
        return known
    self.context.scoped[node] = call
    if call is node:
        return node
    for new in _adopted(self, call, node):
        if new.func is node.func:
            self.context.settled.add(new)
    return call


def _same(one: ast.AST, other: ast.AST) -> bool:
    """Whether two calls are equal, and stand for the same expressions of other functions."""
    stand_ins = [[n for n in ast.walk(call) if isinstance(n, ast.Name) and n.id == _ELSEWHERE] for call in (one, other)]
    return ast.dump(one) == ast.dump(other) and stand_ins[0] == stand_ins[1]


def _resolver(self: Evaluator) -> Callable[[ast.expr], ast.expr | None]:
    """Finds the dictionary that a name was bound to, once and for all."""

    def resolve(node: ast.expr) -> ast.expr | None:
        if not isinstance(node, ast.Name):
            return node
        if self.frames and node.id in (self.frames[-1].locals | self.frames[-1].given):
            return self.frames[-1].locals.get(node.id) or self.frames[-1].given.get(node.id)
        bound = [
            n
            for n in ast.walk(self.context.module.tree)
            if isinstance(n, ast.Name) and n.id == node.id and isinstance(n.ctx, ast.Store)
        ]
        parent = self.context.parents.get(bound[0]) if len(bound) == 1 else None
        return parent.value if isinstance(parent, ast.Assign) and parent.targets == bound else None

    return resolve


def _adopted(self: Evaluator, call: ast.Call, node: ast.Call) -> list[ast.Call]:
    """The new calls among what ``call`` is made of, each with a text and a place in the tree."""
    found: list[ast.Call] = []
    todo: list[ast.AST] = [call]
    while todo:
        new = todo.pop()
        if new in self.context.parents:
            continue
        self.context.parents[new] = self.context.parents[node]
        if isinstance(new, ast.Call):
            found.append(new)
            todo += [new.func, *new.args, *(k.value for k in new.keywords)]
        elif isinstance(new, ast.Constant):
            text = self.context.quoted(new.value) if isinstance(new.value, str) else repr(new.value)
            self.replacements[new] = lambda _, text=text: text
    return found
