"""Runs of nothing but initializers: most vanish; metrics that have counted are reset, and iterators are started."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..refusal import Refusal
from ..statements import Site, Statement
from ..values import Dropped, Plain, Restart, Value
from . import iterators

if TYPE_CHECKING:
    from ..evaluate import Evaluator
    from ..render import Renderer

_FEW = 3  # metrics that are reset one by one; more are looped over


def run(self: Evaluator, site: Site) -> Value:
    """What a run of initializers becomes.

    Raises:
      Refusal: it stands where no statement can take its place.
    """
    initializers = [f.value for f in site.fetches if isinstance(f.value, Dropped)]
    starts = [s for i in initializers for s in i.starts]
    metrics = list(dict.fromkeys(m for i in initializers for m in i.metrics))
    if not (self.in_loop or self.region.sites or _in_definition(site.statement)):
        metrics = []  # nothing was counted yet
    restarts = [(f.node, f.value) for f in site.fetches if isinstance(f.value, Restart)]
    if not starts and not metrics and not restarts:
        return Dropped("init")
    if not isinstance(site.statement.node, ast.Expr) or site.statement.node.value is not site.node:
        raise Refusal(site.node, "metrics or iterators start anew inside another statement")
    here = iterators.started(self, site, starts)
    if len(here) < len(starts):
        if metrics or restarts:
            raise Refusal(site.node, "metrics and iterators start anew in one run")
        return Plain()

    def text(r: Renderer) -> str:
        lines = [f"{r.name(s.iterator.path)} = iter({r.text(s.fetch.node)})" for s in here]
        lines += [f"{r.name(v.iterator.path)} = iter({r.text(node)})" for node, v in restarts]
        names = [r.name(m.path) for m in metrics]
        if len(names) > _FEW:
            lines += [f"for metric in ({', '.join(names)}):", f"{' ' * r.layout.unit}metric.reset_state()"]
        else:
            lines += [f"{name}.reset_state()" for name in names]
        return f"\n{' ' * site.statement.node.col_offset}".join(lines)

    self.replacements[site.node] = text
    return Plain()


def _in_definition(statement: Statement) -> bool:
    here: Statement | None = statement
    while here is not None and not isinstance(here.node, ast.FunctionDef):
        here = here.parent
    return here is not None
