"""What comes out of the graph of an estimator: the attributes of what each EstimatorSpec names."""

from __future__ import annotations

import ast

from ..refusal import Refusal
from . import purity
from .attributes import Attributes
from .modes import Flat, Spec, stored
from .uses import Estimator

# methods that change a list or a dictionary
_CHANGING = frozenset({"append", "extend", "insert", "update", "pop", "setdefault", "clear", "remove"})


class Outputs:
    """Finds what the methods of one estimator ask its graph for."""

    def __init__(self, own: Attributes, estimator: Estimator) -> None:
        self.own, self.draft, self.function, self.estimator = own, own.draft, own.function, estimator
        self.tf = own.draft.context.prefix
        self.moved: list[tuple[str, ast.expr]] = []

    def write(self, flat: Flat) -> list[str]:
        """Attributes for what the modes give; returns the statements at the end of ``__init__``."""
        for spec in flat.specs:
            self.draft.remove(spec.node, comments=True)
        counted: list[str] = []
        if self.estimator.calls("train"):
            self.own.graph.loss = self._one(flat, "TRAIN", "loss")
            self.own.graph.train_op = self._one(flat, "TRAIN", "train_op")
            purity.counts(self.function)
        if self.estimator.calls("predict"):
            self.own.graph.predictions = self._one(flat, "PREDICT", "predictions")
            self.own.graph.table = self._is_table(flat)
        if self.estimator.calls("evaluate"):
            loss = self._one(flat, "EVAL", "loss")
            self._metrics(flat)
            counted = [f"self.mean_loss = {self.tf}.metrics.mean(self.{loss})"]
        moved = [f"self.{attribute} = {self.draft.text(node)}" for attribute, node in self.moved]
        return [*moved, *counted, f"self.sess = {self.tf}.Session()"]

    def _spec(self, flat: Flat, mode: str) -> Spec:
        return next(s for s in flat.specs if mode in s.modes)

    def _lasts(self, node: ast.expr, line: int) -> None:
        """What a name stands for in an EstimatorSpec must be what it stands for at the end of the function.

        Raises:
          Refusal: it is bound to something else later, or changed.
        """
        read = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        for later in ast.walk(self.function):
            target = later.value if isinstance(later, (ast.Subscript, ast.Attribute)) else later
            if not isinstance(target, ast.Name) or target.id not in read or later.lineno <= line:  # type: ignore[attr-defined]
                continue
            called = isinstance(later, ast.Attribute) and later.attr in _CHANGING
            if called or isinstance(later.ctx, ast.Store):  # type: ignore[attr-defined]
                raise Refusal(later, f"`{target.id}` is something else in other modes", "give it another name")

    def _one(self, flat: Flat, mode: str, argument: str) -> str:
        """The attribute of what one mode gives."""
        spec = self._spec(flat, mode)
        node = spec.given.get(argument)
        if node is None:
            raise Refusal(spec.node, f"an EstimatorSpec has no `{argument}`, and the program asks for it")
        self._lasts(node, spec.node.end_lineno or 0)
        if isinstance(node, ast.Name) and any(node.id in stored(s) for s in flat.kept):
            attribute = self.own.attribute(node.id, node.id, node)
            self.own.rename(node.id, attribute)
            return attribute
        if not isinstance(node, (ast.Call, ast.Dict)):
            raise Refusal(node, f"`{argument}` of an EstimatorSpec is not bound to a name", "bind it to a name first")
        if argument in self.own.names:
            raise Refusal(node, f"the name `{argument}` is taken")
        self.moved.append((argument, node))
        return argument

    def _is_table(self, flat: Flat) -> bool:
        """Whether predictions are a dictionary."""
        node = self._bound(flat, self._spec(flat, "PREDICT").given["predictions"])
        if not isinstance(node, ast.Dict) and self.draft.context.tf_name(getattr(node, "func", node)) is None:
            raise Refusal(node, "whether predictions are a tensor or a dictionary is not known")
        return isinstance(node, ast.Dict)

    def _bound(self, flat: Flat, node: ast.expr) -> ast.expr:
        """What a name was bound to, where that is one thing."""
        made = [s for s in flat.kept if isinstance(node, ast.Name) and node.id in stored(s)]
        one = made[0] if len(made) == 1 else None
        return one.value if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name) else node

    def _metrics(self, flat: Flat) -> None:
        """Each metric is a pair of its own."""
        given = self._spec(flat, "EVAL").given.get("eval_metric_ops")
        if given is None:
            return
        table = self._bound(flat, given)
        if not isinstance(table, ast.Dict) or not all(isinstance(k, ast.Constant) for k in table.keys):
            raise Refusal(given, "the metrics of an estimator are not a literal dictionary")
        if table is not given:
            statement = self.draft.context.parents[table]
            assert isinstance(statement, ast.Assign)
            self._lasts(table, statement.end_lineno or 0)
            self.draft.remove(statement)
        for key, value in zip(table.keys, table.values, strict=True):
            name = str(key.value)  # type: ignore[union-attr]
            made = self._bound(flat, value)
            if not isinstance(made, ast.Call) or not str(self.draft.context.tf_name(made.func)).startswith(
                "tf.metrics."
            ):
                raise Refusal(value, f"the metric `{name}` is not made by tf.metrics")
            if isinstance(value, ast.Name):
                attribute = self.own.attribute(value.id, value.id, value)
                self.own.rename(value.id, attribute)
            else:
                attribute = self.own.attribute(name, f"metric {name}", value)
                self.moved.append((attribute, made))
            self.own.graph.metrics[name] = attribute
