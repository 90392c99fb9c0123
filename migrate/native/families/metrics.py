"""``tf.metrics``: an object of Keras that is made once. Its call counts a batch, as the update operation did; ``result()`` is the value.

Running the initializer of local variables again is ``reset_state()`` (`initializers`).
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .. import calls
from ..context import literal
from ..environment import key_of
from ..refusal import Refusal
from ..rows import Row
from ..statements import Created
from ..structural import argument, handles
from ..values import Dropped, LocalVariables, MetricPair, MetricUpdate, MetricValue, Sequence, State, Value
from ..vocabulary import metrics

if TYPE_CHECKING:
    from ..evaluate import Evaluator
    from ..render import Renderer


def make(self: Evaluator, node: ast.Call, row: Row) -> Value:
    """A call of ``tf.metrics.…``: the object, and the values of the pair that TensorFlow 1 returned.

    Raises:
      Refusal: the pair is used in a way that is not understood.
    """
    self.arguments(node)
    calls.bind(node, row)
    if self.statement is None or self.depth or self.in_loop:
        raise Refusal(node, "a metric is made inside a function or a loop")
    own = "self." if self.region.is_class else ""
    name = str(self.context.tf_name(node.func)).rsplit(".", 1)[-1].removeprefix("streaming_")
    path = own + self.region.fresh(name if name not in self.region.taken else f"{name}_metric")
    given = next((k.value for k in node.keywords if k.arg == "name"), None)
    scope = literal(given) if isinstance(given, ast.Constant) else None
    metric = State(path, f"{self.region.prefix}{scope or name}/{path}", "metric", False, node, row=row)
    self.region.metrics.append(metric)
    self.statement.created.append(
        Created(path, metric, lambda r: metrics.rewrite(node, row, r.text, r.tf)[0]),
    )
    return _placed(self, node, row, metric)


def _placed(self: Evaluator, node: ast.Call, row: Row, metric: State) -> Value:
    """The pair where it stands: unpacked, indexed, or kept under a name."""

    def counted(r: Renderer) -> str:
        return f"{r.name(metric.path)}{metrics.rewrite(node, row, r.text, r.tf)[1]}"

    parent = self.context.parents[node]
    pair = Sequence((MetricValue(metric), MetricUpdate(metric=metric)))
    if isinstance(parent, ast.Subscript) and parent.value is node and literal(parent.slice) == 1:
        self.replacements[parent] = counted
        return pair
    if (
        isinstance(parent, ast.Assign)
        and self.statement is not None
        and parent is self.statement.node
        and len(parent.targets) == 1
    ):
        target = parent.targets[0]
        if isinstance(target, (ast.Tuple, ast.List)) and len(target.elts) == len(pair.items):
            update = target.elts[1]
            self.replacements[parent] = lambda r: f"{r.text(update)} = {counted(r)}"
            return pair
        if key_of(target) is not None:
            self.replacements[node] = counted
            return MetricPair(metric)
    raise Refusal(
        node,
        "a metric gives its value and the operation that updates it, and both go where this is not followed",
        "bind them to two names",
    )


def value_of(self: Evaluator, node: ast.expr, metric: State) -> MetricValue:
    """The value so far, which runs nothing."""
    if self.statement is not None:
        self.statement.touched[metric.scoped] = metric
    self.replacements[node] = lambda r: f"{r.name(metric.path)}.result()"
    return MetricValue(metric)


def part(self: Evaluator, node: ast.Subscript) -> Value | None:
    """``pair[0]`` or ``pair[1]`` of a metric under one name; None for everything else."""
    key = key_of(node.value)
    binding = self.environment.find(key) if key is not None else None
    if key is None or binding is None or not isinstance(binding.value, MetricPair):
        return None
    metric, index = binding.value.metric, literal(node.slice)
    if index == 0:
        return value_of(self, node, metric)
    if index != 1:
        raise Refusal(node, "which of the two values of a metric this is, is not known")
    self._note(key, binding)
    self.replacements[node] = lambda r: r.text(node.value)
    return MetricUpdate(metric=metric)


# -- starting anew ---------------------------------------------------------------------------------------------------
@handles("variables_initializer", "initialize_variables")
def _variables_initializer(self: Evaluator, node: ast.Call) -> Value:
    given = argument(node, 0, "var_list")
    key = key_of(given) if given is not None else None
    binding = self.environment.find(key) if key is not None else None
    value = binding.value if binding is not None else self.value(given)
    if not isinstance(value, LocalVariables):
        raise Refusal(node, "some variables are initialised on their own")
    return Dropped("init", value.metrics)


@handles("local_variables")
def _local_variables(self: Evaluator, node: ast.Call) -> Value:
    return collected(self, argument(node, 0, "scope"))


def collected(self: Evaluator, scope: ast.expr | None) -> LocalVariables:
    """The variables of metrics that were made so far in a scope."""
    prefix = literal(scope)
    if prefix is not None and not isinstance(prefix, str):
        raise Refusal(scope, "the scope of a collection is not a name")
    return LocalVariables(tuple(m for m in self.region.metrics if m.scoped.startswith(prefix or "")))
