"""Names of the functions that replace runs: what each is for."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .context import Region
from .values import MetricUpdate

if TYPE_CHECKING:
    from .plan import Function

_TRAIN_NAMES = frozenset(
    {"train_op", "optimizer", "train", "train_step", "training_op", "opt", "optimizer_op", "train_optimizer"}
)
_PREDICT_NAMES = frozenset(
    {"pred", "preds", "prediction", "predictions", "predict_op", "y_pred", "logits", "output", "outputs", "py_x", "out"}
)


def of(function: Function, region: Region) -> str:
    """A name that nothing else has."""
    wanted = _wanted(function)
    if wanted in region.methods:
        wanted = f"{wanted}_step"  # of the method that runs it
    return wanted if _vanishes(wanted, function, region) else region.fresh(wanted)


def _vanishes(name: str, function: Function, region: Region) -> bool:
    """Whether only the training operation has this name, and only runs of this function ask for it: then it is free."""
    makers = {t.node for t in function.trains}
    gone: set[ast.AST] = {f.node for site in function.sites for f in site.fetches if f.kind == "train"}
    for statement in region.statements:
        node = statement.node
        if isinstance(node, ast.Assign) and node.value in makers:
            gone.update(node.targets)
    found = {n for n in ast.walk(region.owner) if _is_called(n, name, region.is_class)}
    return bool(found) and found <= gone


def _is_called(node: ast.AST, name: str, attribute: bool) -> bool:
    """Whether a node is a name, or an attribute, that is called so."""
    if attribute:
        return isinstance(node, ast.Attribute) and node.attr == name
    return isinstance(node, ast.Name) and node.id == name


def _wanted(function: Function) -> str:
    if function.fetches and function.fetches[0].kind == "dataset":
        return f"make_{_last(function.fetches[0].node) or 'dataset'}"
    fetched = [f for f in function.fetches if f.kind in ("tensor", "value", "nest")]
    operations = [f for f in function.fetches if f.kind in ("train", "effect", "effects")]
    if operations:
        names = [_last(f.node) for f in operations]
        if any(f.kind == "train" for f in operations):
            others = [n for n in names if n and n.lower() not in _TRAIN_NAMES]
            return "train_step" if not others or len(names) > 1 else _as_function(others[0])
        return _as_function(names[0] or "update")
    if len(fetched) == 1:
        counted = fetched[0].value
        if isinstance(counted, MetricUpdate) and counted.metric is not None:
            return f"update_{counted.metric.path.removeprefix('self.').replace('_metric', '')}"
        name = _last(fetched[0].node)
        if name and name.lower() in _PREDICT_NAMES:
            return "predict"
        several = isinstance(fetched[0].node, ast.Dict)
        return f"compute_{name}" if name else "evaluate" if several else "compute"
    return "evaluate" if fetched else "write_summaries"


def _as_function(name: str) -> str:
    return name[:-3] if name.endswith("_op") and len(name) > 3 else name


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    return ""
