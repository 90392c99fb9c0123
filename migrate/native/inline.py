"""Puts the statements of a function that builds a part of the graph where it is called: what it makes belongs to the caller then."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .environment import key_of
from .refusal import Refusal
from .statements import Statement
from .values import Function, Plain, is_graph

if TYPE_CHECKING:
    from .walk import Walker

_BUILDING = frozenset({"tf.placeholder", "tf.placeholder_with_default", "tf.sparse_placeholder"})
_SIMPLE = (ast.Name, ast.Attribute, ast.Constant)


def expand(self: Walker, made: Statement, node: ast.stmt) -> bool:
    """Walk ``a, b = build(…)`` as the statements of ``build``; False when it is a call like any other."""
    call = node.value if isinstance(node, (ast.Assign, ast.Expr)) else None
    if not isinstance(call, ast.Call) or self.evaluator.depth or self.evaluator.in_loop:
        return False
    definition = _definition(self, call)
    if definition is None or definition in self.context.running or not _builds(self, definition):
        return False
    if _calls(self, definition) != 1:
        what = "makes placeholders" if not self.region.is_class else "reads or makes tensors of its object"
        raise Refusal(call, f"`{definition.name}` {what} and is called more than once")
    returns = [n for n in ast.walk(definition) if isinstance(n, ast.Return)]
    last = definition.body[-1]
    while isinstance(last, ast.With):
        last = last.body[-1]
    if any(r is not last for r in returns):
        raise Refusal(returns[0], f"`{definition.name}` makes placeholders and returns from several places")
    _parameters(self, call, definition)
    targets = node.targets[0] if isinstance(node, ast.Assign) else None
    _locals(self, definition, targets, last if returns else None)
    self.context.inlined.add(definition)
    made.kind = "inlined"
    self.returning[last] = targets
    made.children = self.block([b for b in definition.body if not _is_docstring(b)], made)
    return True


def _definition(self: Walker, call: ast.Call) -> ast.FunctionDef | None:
    if isinstance(call.func, ast.Name):
        binding = self.evaluator.environment.find(call.func.id)
        value = binding.value if binding is not None else None
        node = value.node if isinstance(value, Function) else None
    elif (
        self.region.is_class and isinstance(call.func, ast.Attribute) and (key_of(call.func) or "").startswith("self.")
    ):
        node = self.region.methods.get(call.func.attr)
    else:
        node = None
    return node if isinstance(node, ast.FunctionDef) else None


def _builds(self: Walker, node: ast.FunctionDef) -> bool:
    """Whether a function makes placeholders, or fills attributes of the object under construction, or computes with its tensors."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call) and self.context.tf_name(inner.func) in _BUILDING:
            return True
        if (
            isinstance(inner, ast.Call)
            and isinstance(inner.func, ast.Attribute)
            and inner.func.attr in ("minimize", "get_next")
        ):
            return True
        key = key_of(inner) if self.region.is_class and isinstance(inner, ast.Attribute) else None
        if key is not None and (isinstance(inner.ctx, ast.Store) or _is_tensor(self, key)):  # type: ignore[attr-defined]
            return True
    return False


def _is_tensor(self: Walker, key: str) -> bool:
    binding = self.evaluator.environment.find(key)
    return binding is not None and is_graph(binding.value)


def _calls(self: Walker, node: ast.FunctionDef) -> int:
    """How often a function is named other than where it is defined."""
    return sum(
        isinstance(n, (ast.Name, ast.Attribute)) and (n.id if isinstance(n, ast.Name) else n.attr) == node.name
        for n in ast.walk(self.context.module.tree)
    )


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _parameters(self: Walker, call: ast.Call, definition: ast.FunctionDef) -> None:
    """Parameters become the arguments themselves, or names of their own where an argument is an expression."""
    arguments = definition.args
    if arguments.vararg or arguments.kwarg or any(isinstance(a, ast.Starred) for a in call.args):
        raise Refusal(call, f"`{definition.name}` makes placeholders and is called with * or **")
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args)]
    if names[:1] == ["self"]:
        names = names[1:]
    given: dict[str, ast.expr] = dict(
        zip(names[len(names) - len(arguments.defaults) :], arguments.defaults, strict=False)
    )
    for parameter, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if default is not None:
            given[parameter.arg] = default
    given.update(zip(names, call.args, strict=False))
    given.update({str(k.arg): k.value for k in call.keywords if k.arg is not None})
    _spread(self, call, definition, [n for n in (*names, *(a.arg for a in arguments.kwonlyargs)) if n not in given])
    for name, argument in given.items():
        value = self.evaluator.value(argument)
        same = isinstance(argument, ast.Name) and argument.id == name
        if (not same and not isinstance(argument, _SIMPLE)) or _is_stored(definition, name):
            raise Refusal(argument, f"an argument of `{definition.name}`, which makes placeholders, is an expression")
        if not same:
            for node in ast.walk(definition):
                if isinstance(node, ast.Name) and node.id == name:
                    self.context.replacements[node] = lambda r, a=argument: r.text(a)
            binding = self.evaluator.environment.find(key_of(argument) or "")
            makers = binding.makers if binding is not None else frozenset()
            self.evaluator.environment.bind(
                name, value if not isinstance(argument, ast.Constant) else Plain(argument.value), None
            )
            if makers:
                self.evaluator.environment.names[name] = binding  # type: ignore[assignment]


def _spread(self: Walker, call: ast.Call, definition: ast.FunctionDef, names: list[str]) -> None:
    """``**sizes``: a parameter that nothing else gives is ``sizes['n_z']``."""
    spread = [k.value for k in call.keywords if k.arg is None]
    if not spread:
        return
    table = spread[0]
    if len(spread) > 1 or not isinstance(table, ast.Name) or type(self.evaluator.value(table)) is not Plain:
        raise Refusal(call, f"`{definition.name}` makes placeholders or fills attributes and is called with * or **")
    if definition.args.defaults or any(definition.args.kw_defaults) or any(_is_stored(definition, n) for n in names):
        raise Refusal(call, f"which arguments of `{definition.name}` come through ** is not known")
    taken = table.id
    for name in names:
        for node in ast.walk(definition):
            if isinstance(node, ast.Name) and node.id == name:
                node.id = taken
                self.context.replacements[node] = lambda r, name=name: f"{r.name(taken)}[{r.context.quoted(name)}]"


def _is_stored(definition: ast.FunctionDef, name: str) -> bool:
    return any(isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store) for n in ast.walk(definition))


def _locals(self: Walker, definition: ast.FunctionDef, targets: ast.expr | None, last: ast.stmt | None) -> None:
    """Names of the function take the names that the caller gives to what it returns; others must not collide."""
    wanted: dict[str, str] = {}
    if targets is not None and isinstance(last, ast.Return):
        for target, returned in _pairs(targets, last.value):
            key = key_of(target)
            if isinstance(returned, ast.Name) and key is not None and not _is_nobody(self, target):
                wanted[returned.id] = key
    stored = {n.id for n in ast.walk(definition) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    around = {
        n.id
        for n in ast.walk(self.region.owner)
        if isinstance(n, ast.Name) and not _inside(self, n, definition)
    }  # fmt: skip
    for name in stored:
        if name in wanted and wanted[name] == name:
            continue
        if name in wanted or name in around:
            new = wanted.get(name) or self.region.fresh(name)
            _rename(self, definition, name, new)


def _rename(self: Walker, definition: ast.FunctionDef, name: str, new: str) -> None:
    """Call a local of the function otherwise, in the tree (which is this lifting's own) and in the text."""
    for inner in ast.walk(definition):
        nested = isinstance(inner, (ast.FunctionDef, ast.Lambda)) and inner is not definition
        if nested and name in {a.arg for a in ast.walk(inner) if isinstance(a, ast.arg)}:
            raise Refusal(inner, f"`{name}` means two things in `{definition.name}`")
        if isinstance(inner, ast.Name) and inner.id == name:
            inner.id = new
            self.context.replacements[inner] = lambda r: r.name(new)


def _inside(self: Walker, node: ast.AST, definition: ast.AST) -> bool:
    here: ast.AST | None = node
    while here is not None and here is not definition:
        here = self.context.parents.get(here)
    return here is definition


def _pairs(targets: ast.expr, value: ast.expr | None) -> list[tuple[ast.expr, ast.expr]]:
    if isinstance(targets, (ast.Tuple, ast.List)) and isinstance(value, (ast.Tuple, ast.List)):
        if len(targets.elts) == len(value.elts):
            return list(zip(targets.elts, value.elts, strict=True))
        return []
    return [(targets, value)] if value is not None else []


def _is_nobody(self: Walker, target: ast.expr) -> bool:
    """Whether a target is the name ``_``, and nothing reads it."""
    read = (n.id for n in ast.walk(self.context.module.tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load))
    return isinstance(target, ast.Name) and target.id == "_" and "_" not in read


def returned(self: Walker, made: Statement, node: ast.Return) -> None:
    """What the function returned, bound to the caller's names; no text where they are the same."""
    targets = self.returning[node]
    made.kind = "dropped"
    if targets is None or node.value is None:
        return
    pairs = _pairs(targets, node.value)
    kept = [(t, r) for t, r in pairs if not (isinstance(r, ast.Name) and (key_of(t) == r.id or _is_nobody(self, t)))]
    if pairs and not kept:
        return
    value = self.evaluator.value(node.value)
    self.evaluator.bind(targets, self._named(targets, value))
    made.kind = self.kind(made, value, False)
    left, right = zip(*(kept or [(targets, node.value)]), strict=True)
    self.context.replacements[node] = lambda r: f"{', '.join(map(r.text, left))} = {', '.join(map(r.text, right))}"
