"""Objects of classes that build a graph, as the code around sees them: their variables, and what they compute.

A run or a statement outside of the class that needs tensors of an object gets them from one call of a method of the object. The
method is the function that a run of these tensors alone would be; where the class has such a run, they share it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .refusal import Refusal
from .statements import Fetch, Site, Statement
from .values import Class, Instance, Plain, State, Tensor, TensorFunction, Value

if TYPE_CHECKING:
    from .context import Context, Region
    from .environment import Binding
    from .evaluate import Evaluator
    from .plan import Function
    from .walk import Walker

# what is run once where it stands
_STRAIGHT = (ast.Module, ast.With, ast.Assign, ast.Expr, ast.Tuple, ast.List, ast.Call, ast.keyword)

__all__ = ["Borrowed", "Made", "borrow", "make", "states"]


@dataclass(eq=False, slots=True)
class Made:
    """One object: how many variables its region had before it, and what its attributes that are read stand for.

    ``once`` tells whether it is certain that there is this one, and no more.
    """

    instance: Instance
    before: int
    once: bool
    read: dict[str, tuple[ast.Attribute, Binding]] = field(default_factory=dict)
    views: dict[str, State] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class Borrowed:
    """Tensors that a run takes from an object: their keys there, and the run of them alone whose function gives them."""

    instance: Instance
    keys: list[str]
    site: Site

    @property
    def function(self) -> Function:
        """The method of the object."""
        assert self.site.function is not None
        return self.site.function


def make(self: Evaluator, node: ast.Call, made_of: Class) -> Instance:
    """The object that the call of a class makes."""
    self.arguments(node)
    assert self.walk_class is not None
    region = self.walk_class(made_of.node)
    around = self.region
    if region.collects and (around.states or around.objects or around.losses or around.summaries):
        raise Refusal(node, "the class of this object lists all that is in the graph, and there is more before it")
    if any(s.scoped == "global_step" for s in region.states) and any(s.scoped == "global_step" for s in around.states):
        raise Refusal(node, "the class of this object asks for the step counter, which was made before it")
    instance = Instance(region, "")
    self.region.objects.append(Made(instance, len(self.region.states), _once(self, node)))
    return instance


def _once(self: Evaluator, node: ast.AST) -> bool:
    """Whether an expression is evaluated exactly once where its region is."""
    here = self.context.parents.get(node)
    while here is not None and here is not self.region.owner:
        is_main = isinstance(here, ast.If) and "__name__" in ast.unparse(here.test)
        if not isinstance(here, _STRAIGHT) and not is_main:
            return False
        here = self.context.parents.get(here)
    return not self.depth


def collect(self: Evaluator, node: ast.AST, found_in: Callable[[Region], object], what: str) -> None:
    """Note that the program asks for something that lies anywhere in the graph.

    Raises:
      Refusal: an object has such, where it is not looked for.
    """
    self.region.collects = True
    outside(self, node, found_in, what)


def outside(self: Evaluator, node: ast.AST, found_in: Callable[[Region], object], what: str) -> None:
    """As `collect`, for what the program asks for by its name."""
    if any(found_in(made.instance.region) for made in self.region.objects):
        raise Refusal(
            node, f"{what} are asked for from outside of the object that has some", "ask for them in its class"
        )


def parameter(self: Walker, node: ast.ClassDef, name: str) -> Value:
    """What a parameter of ``__init__`` stands for, as far as all calls of the class tell.

    A function over tensors where it is always given one, a constant where there is one call, which gives that; else a Python value.
    """
    init = self.region.methods["__init__"].args
    positional = [*init.posonlyargs, *init.args]
    defaults = dict(
        zip([a.arg for a in positional[len(positional) - len(init.defaults) :]], init.defaults, strict=True)
    )
    defaults.update({a.arg: d for a, d in zip(init.kwonlyargs, init.kw_defaults, strict=True) if d is not None})
    given: list[ast.expr | None] = []
    for call in ast.walk(self.context.module.tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == node.name:
            if any(isinstance(a, ast.Starred) for a in call.args) or any(k.arg is None for k in call.keywords):
                return Plain()
            bound = {a.arg: v for a, v in zip(positional[1:], call.args, strict=False)}
            bound.update({str(k.arg): k.value for k in call.keywords})
            given.append(bound.get(name, defaults.get(name)))
    if len(given) == 1 and isinstance(given[0], ast.Constant):
        return Plain(given[0].value)
    named = [g for g in given if g is not None and self.context.tf_name(g) is not None]
    values = [self.evaluator.value(g) for g in named]
    is_function = len(named) == len(given) > 0 and all(isinstance(v, TensorFunction) for v in values)
    return values[0] if is_function else Plain()


def states(region: Region) -> list[State]:
    """The variables and layers that exist in a region so far, those of objects among them, in the order of their creation."""
    found = list(region.states)
    for made in reversed(region.objects):
        found[made.before : made.before] = [_view(made, s) for s in made.instance.region.states]
    return found


def _view(made: Made, state: State) -> State:
    """State of an object as it is reached from outside."""
    path = made.instance.path
    known = made.views.get(state.scoped)
    if known is None or not known.path.startswith(path):
        known = replace(state, path=f"{path}.{state.reached.removeprefix('self.')}", holder=None)
        made.views[state.scoped] = known
    return known


def gathered(self: Evaluator, node: ast.AST) -> list[State]:
    """`states` for a list that the program makes: the objects' layers must have been built by then.

    Raises:
      Refusal: which variables these are is not known.
    """
    region = self.region
    region.collects = True
    owners = [m.instance.region for m in region.objects]
    if any(not m.instance.path for m in region.objects) or len({id(o) for o in owners}) < len(owners):
        raise Refusal(node, "variables of objects are listed, and of one class there are several or one has no name")
    if not all(m.once for m in region.objects):
        raise Refusal(
            node, "variables of objects are listed, and which objects there are is only known when the program runs"
        )
    for owner in owners:
        owner.gathered = True
    found = states(region)
    if len({s.scoped for s in found}) < len(found):
        raise Refusal(node, "variables of objects are listed, and two of them would have one name")
    return found


# -- what they compute -----------------------------------------------------------------------------------------------
def note(self: Evaluator, node: ast.Attribute, key: str, binding: Binding, instance: Instance) -> None:
    """Remember by which expression an attribute of an object is read."""
    for made in self.region.objects:
        if made.instance.region is instance.region:
            made.read.setdefault(key, (node, binding))


def borrow(context: Context) -> None:
    """For every run that computes with tensors of an object, the run of these tensors alone, in the region of its class.

    Raises:
      Refusal: what an object computes cannot be told apart from what is computed outside.
    """
    for region in context.regions.values():
        for site in region.sites:
            if site.region is region and region.objects:
                _borrow(region, site)


def _borrow(region: Region, site: Site) -> None:
    from .plan import closure

    uses: dict[str, frozenset[Statement]] = {}
    for fetch in site.fetches:
        for key, makers in fetch.uses.items():
            uses[key] = uses.get(key, frozenset()) | makers
    body = closure(uses, dict(site.feeds))
    if any(s.trains or s.gradients or s.summarises for s in body if s.region is not region):
        raise Refusal(site.node, "a run computes with what an object trains, differentiates or summarises")
    own = [s for s in body if s.region is region]
    keys: dict[str, None] = {}
    parts: list[Statement | Fetch] = [*own, *(f for f in site.fetches if f.kind != "init")]
    for part in parts:
        keys.update({k: None for k, ms in part.uses.items() if any(m.region is not region for m in ms)})
    if not keys:
        return
    made = [m for m in region.objects if all(k in m.read for k in keys)]
    if len(made) != 1 or region.is_class or not made[0].once:
        raise Refusal(site.node, "a run asks for tensors of several objects")
    _check(region, site, made[0])
    lent = _lent(site, made[0], sorted(keys, key=lambda k: min(m.index for m in made[0].read[k][1].makers)))
    made[0].instance.region.lent.append(lent)
    site.borrowed = Borrowed(made[0].instance, list(keys), lent)


def _lent(site: Site, made: Made, keys: list[str]) -> Site:
    """The run of an object's tensors alone."""
    fetches = []
    for key in keys:
        node, binding = made.read[key]
        if type(binding.value) is not Tensor:
            raise Refusal(node, "what a run takes from an object is no tensor")
        fetches.append(Fetch(node, "tensor", {key: binding.makers}, set(), {}, {}, binding.value))
    structure = ast.Tuple([f.node for f in fetches], ast.Load())
    taken = Site(structure, site.statement, structure, fetches, list(site.feeds), site.opaque)
    taken.region = made.instance.region
    return taken


def _check(region: Region, site: Site, made: Made) -> None:
    """An object that is another one later, or feeds that only it can understand."""
    root = made.instance.path.split(".")[0].split("[")[0]
    binders = [s for s in region.statements if root in s.defines]
    if len(binders) != 1 or root != made.instance.path:
        raise Refusal(site.node, f"`{root}`, whose tensors are computed with here, is bound more than once")


def signature(function: Function) -> str:
    """The signature of the method that a function borrows from, where shapes in it are only known inside of the class; else "".

    Raises:
      Refusal: the function takes something else than that method.
    """
    borrowed = function.borrowed
    if borrowed is None:
        return ""
    inside = {*borrowed.instance.region.locals, "self"}
    named = {n.id for p in function.inputs.values() for n in ast.walk(p.node) if isinstance(n, ast.Name)}
    if not named & inside:
        return ""
    if function.parameters != borrowed.function.parameters:
        raise Refusal(borrowed.site.node, "the shape of a placeholder is only known inside of its class")
    return f"{borrowed.instance.path}.{borrowed.function.name}.input_signature"
