"""What a program does with an estimator: how it is made, and each ``train``, ``evaluate`` and ``predict``."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from ..draft import Draft
from ..refusal import Refusal

_MAKE = ("model_fn", "model_dir", "config", "params", "warm_start_from")
_METHODS = {
    "train": ("input_fn", "hooks", "steps", "max_steps", "saving_listeners"),
    "evaluate": ("input_fn", "steps", "hooks", "checkpoint_path", "name"),
    "predict": ("input_fn", "predict_keys", "hooks", "checkpoint_path", "yield_single_examples"),
}
_TODO = "write the loop over the data by hand, and do there what this does"
_WITHOUT_EFFECT = frozenset({"name"})


@dataclass(frozen=True, slots=True)
class Features:
    """What an input function gives: ``keys`` of a dictionary of features, None for one tensor."""

    keys: tuple[str, ...] | None


@dataclass(slots=True)
class Use:
    """One call of a method: its name, its node and what it is given."""

    method: str
    node: ast.Call
    given: dict[str, ast.expr]


@dataclass(slots=True)
class Estimator:
    """An estimator.

    Attributes:
      node: the call that makes it. name: of the variable that it is bound to. function: its ``model_fn``.
      params: what it gives to that, or None. uses: what is done with it, in order.
      features: what its input functions give.
    """

    node: ast.Call
    name: str
    function: ast.FunctionDef
    params: ast.expr | None
    uses: list[Use] = field(default_factory=list)
    features: Features = Features(None)

    def calls(self, method: str) -> list[Use]:
        """The calls of one method."""
        return [u for u in self.uses if u.method == method]


def find(draft: Draft, node: ast.Call) -> Estimator:
    """Read how an estimator is made and used.

    Raises:
      Refusal: something of it is not understood.
    """
    given = bound(node, _MAKE)
    for name in set(given) - {"model_fn", "params"}:
        if not _is_none(given[name]):
            raise Refusal(
                node,
                f"`{name}` of an estimator is not lifted: it writes checkpoints and summaries that the program may read",
                "leave it out if nobody reads them, or write the training loop by hand with a CheckpointManager",
            )
    target = draft.context.parents.get(node)
    if not (isinstance(target, ast.Assign) and len(target.targets) == 1 and isinstance(target.targets[0], ast.Name)):
        raise Refusal(node, "an estimator is not bound to a name")
    name = target.targets[0].id
    estimator = Estimator(node, name, _model_fn(draft, node, given.get("model_fn")), given.get("params"))
    for use in names_of(draft.module.tree, name):
        if use is not target.targets[0]:
            estimator.uses.append(_use(draft, use))
    return estimator


def _model_fn(draft: Draft, node: ast.Call, given: ast.expr | None) -> ast.FunctionDef:
    name = given.id if isinstance(given, ast.Name) else ""
    found = [n for n in draft.module.tree.body if isinstance(n, ast.FunctionDef) and n.name == name]
    if len(found) != 1 or found[0].decorator_list:
        raise Refusal(node, "the model_fn of an estimator is not a plain function of the module")
    if sum(1 for _ in names_of(draft.module.tree, name)) > 1:
        raise Refusal(node, "a model_fn is used more than once", "give each estimator a model_fn of its own")
    return found[0]


def _use(draft: Draft, name: ast.Name) -> Use:
    attribute = draft.context.parents.get(name)
    call = draft.context.parents.get(attribute) if isinstance(attribute, ast.Attribute) else None
    if not isinstance(attribute, ast.Attribute) or not isinstance(call, ast.Call) or call.func is not attribute:
        raise Refusal(name, "an estimator goes where it is not followed")
    parameters = _METHODS.get(attribute.attr)
    if parameters is None:
        raise Refusal(call, f"`{attribute.attr}` of an estimator has no counterpart yet")
    if attribute.attr == "train" and not isinstance(draft.context.parents.get(call), ast.Expr):
        raise Refusal(call, "what `train` of an estimator returns is used")
    given = {k: v for k, v in bound(call, parameters).items() if not _is_none(v)}
    for other in set(given) - {"input_fn", "steps", "max_steps", *_WITHOUT_EFFECT}:
        raise Refusal(given[other], f"`{other}` of `Estimator.{attribute.attr}` is not lifted", _TODO)
    if "input_fn" not in given:
        raise Refusal(call, "an estimator is given no input function")
    return Use(attribute.attr, call, given)


def bound(node: ast.Call, parameters: tuple[str, ...]) -> dict[str, ast.expr]:
    """The arguments of a call by parameter."""
    if any(isinstance(a, ast.Starred) for a in node.args) or any(k.arg is None for k in node.keywords):
        raise Refusal(node, "arguments are passed through * or **")
    found = dict(zip(parameters, node.args, strict=False))
    found.update({str(k.arg): k.value for k in node.keywords})
    if set(found) - set(parameters) or len(node.args) > len(parameters):
        raise Refusal(node, "an argument of an estimator is not known")
    return found


def names_of(tree: ast.AST, name: str) -> list[ast.Name]:
    """All places that have this name, in reading order."""
    found = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == name]
    return sorted(found, key=lambda n: (n.lineno, n.col_offset))


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
