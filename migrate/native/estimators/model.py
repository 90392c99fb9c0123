"""The class of a ``model_fn``: ``__init__`` builds its graph, with placeholders for features and labels; its methods run that."""

from __future__ import annotations

import ast
import keyword
import re

from ..draft import Draft
from ..refusal import Refusal
from . import methods, purity
from .methods import Graph
from .modes import Flat, Flattener, Spec, stored
from .uses import Estimator, Features, names_of

_PARAMETERS = ("features", "labels", "mode", "params")
_RESERVED = frozenset({"train", "evaluate", "predict", "sess", "global_step", "mean_loss"})


def rewrite(draft: Draft, estimator: Estimator) -> None:
    """Put a class where the ``model_fn`` is, and calls of its methods where the estimator's are.

    Raises:
      Refusal: the function builds its graph in a way that is not understood.
    """
    _Writer(draft, estimator).run()


class _Writer:
    def __init__(self, draft: Draft, estimator: Estimator) -> None:
        self.draft, self.estimator, self.function = draft, estimator, estimator.function
        self.graph = Graph()
        self.taken = {n.id for n in ast.walk(self.function) if isinstance(n, ast.Name)} | _RESERVED
        self.made: list[str] = []
        self.tf = draft.context.prefix

    def run(self) -> None:
        """Write everything."""
        function, unit = self.function, self.draft.layout.unit
        purity.check(self.draft, function)
        names = [a.arg for a in function.args.args]
        if set(names) - set(_PARAMETERS) or ast.unparse(function.args) != ", ".join(names) or "self" in self.taken:
            raise Refusal(function, "a model_fn has parameters that are not known")
        docstring = ast.get_docstring(function) is not None
        body = function.body[1:] if docstring else function.body
        flat = Flattener(self.draft, function, unit).run(body)
        self._features(self.estimator.features, flat)
        self._labels()
        self._training(flat)
        tail = self._specs(flat)
        self._head(function, body[0], names, docstring)
        last = function.end_lineno or 0
        self.draft.replace_lines(last + 1, last, self._lines(tail, unit * 2) + self._methods(unit))
        self._calls(names)

    # -- what goes in --------------------------------------------------------------------------------------------
    def _attribute(self, wanted: str, node: ast.AST) -> str:
        name = re.sub(r"\W", "_", wanted)
        if not name.isidentifier() or keyword.iskeyword(name) or name in _RESERVED | set(self.graph.inputs):
            raise Refusal(node, f"`{wanted}` cannot be the name of an attribute here")
        return name

    def _placeholder(self, attribute: str, text: str) -> None:
        self.graph.inputs[attribute] = text
        self.made.append(f"self.{attribute} = {self.tf}.placeholder(None)")

    def _features(self, features: Features, flat: Flat) -> None:
        """A placeholder for each feature that is used."""
        whole: list[ast.Name] = []
        for node in names_of(self.function, "features"):
            parent = self.draft.context.parents[node]
            if isinstance(node.ctx, ast.Store):
                raise Refusal(node, "`features` is bound to something else")
            if features.keys is None:
                self._input("features", "features", node, flat)
            elif isinstance(parent, ast.Subscript) and isinstance(parent.slice, ast.Constant):
                key = str(parent.slice.value)
                if key not in features.keys:
                    raise Refusal(parent, f"there is no feature `{key}`")
                self._input(key, f"features[{parent.slice.value!r}]", parent, flat)
            else:
                whole.append(node)
        if whole:
            for key in features.keys or ():
                self._input(key, f"features[{key!r}]", None, flat)
            by_text = {text: attribute for attribute, text in self.graph.inputs.items()}
            pairs = ", ".join(f"{k!r}: self.{by_text[f'features[{k!r}]']}" for k in features.keys or ())
            self.made.append(f"features = {{{pairs}}}".replace("'", self.draft.context.quote))

    def _input(self, wanted: str, text: str, node: ast.expr | None, flat: Flat) -> None:
        """Put an attribute where a feature is read; ``x = features['x']`` makes that name the attribute's."""
        known = next((a for a, t in self.graph.inputs.items() if t == text), None)
        attribute = known or self._attribute(wanted, node or self.function)
        if known is None:
            self._placeholder(attribute, text)
        if node is None:
            return
        parent = self.draft.context.parents[node]
        if isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Name) and parent in flat.kept:
            name = parent.targets[0].id
            if [n for s in flat.kept for n in stored(s)].count(name) == 1:
                self.draft.remove(parent)
                self._renamed(name, attribute)
                return
        self.draft.renamed[node] = f"self.{attribute}"

    def _labels(self) -> None:
        found = names_of(self.function, "labels")
        if any(isinstance(n.ctx, ast.Store) for n in found):
            raise Refusal(
                found[0], "`labels` is bound to something else", "give the converted labels a name of their own"
            )
        if found:
            self._placeholder("labels", "labels")
            self._renamed("labels", "labels")

    def _training(self, flat: Flat) -> None:
        if not (flat.alias or flat.training):
            return
        name = self._attribute(flat.alias or "training", self.function)
        if not flat.alias and name in self.taken:
            raise Refusal(self.function, "the name `training` is taken")
        self.graph.training = name
        self.made.append(f"self.{name} = {self.tf}.placeholder({self.tf}.bool, [])")
        self._renamed(name, name)
        for node in flat.training:
            self.draft.renamed[node] = f"self.{name}"

    def _renamed(self, name: str, attribute: str) -> None:
        """``name`` is an attribute everywhere in the function."""
        for node in ast.walk(self.function):
            if (
                isinstance(node, ast.arg)
                and node.arg == name
                and self.draft.context.parents[node] is not self.function.args
            ):
                raise Refusal(node, f"`{name}` is a parameter of an inner function too")
            if isinstance(node, ast.Name) and node.id == name:
                self.draft.renamed[node] = f"self.{attribute}"

    # -- what comes out ------------------------------------------------------------------------------------------
    def _specs(self, flat: Flat) -> list[str]:
        """Attributes for what the modes give; returns the statements at the end of ``__init__``."""
        for spec in flat.specs:
            self.draft.remove(spec.node, comments=True)
        tail: list[str] = []
        if self.estimator.calls("train"):
            self.graph.loss = self._one(flat, "TRAIN", "loss", tail)
            self.graph.train_op = self._one(flat, "TRAIN", "train_op", tail)
            purity.counts(self.function)
        if self.estimator.calls("predict"):
            self.graph.predictions = self._one(flat, "PREDICT", "predictions", tail)
            self.graph.table = self._is_table(flat)
        if self.estimator.calls("evaluate"):
            self.graph.loss = self._one(flat, "EVAL", "loss", tail)
            self._metrics(flat, tail)
            tail.append(f"self.mean_loss = {self.tf}.metrics.mean(self.{self.graph.loss})")
        return [*tail, f"self.sess = {self.tf}.Session()"]

    def _spec(self, flat: Flat, mode: str) -> Spec:
        return next(s for s in flat.specs if mode in s.modes)

    def _one(self, flat: Flat, mode: str, argument: str, tail: list[str]) -> str:
        """The attribute of what one mode gives."""
        spec = self._spec(flat, mode)
        node = spec.given.get(argument)
        if node is None:
            raise Refusal(spec.node, f"an EstimatorSpec has no `{argument}`, and the program asks for it")
        if isinstance(node, ast.Name) and any(node.id in stored(s) for s in flat.kept):
            attribute = self._attribute(node.id, node)
            self._renamed(node.id, attribute)
            return attribute
        if not isinstance(node, (ast.Call, ast.Dict)):
            raise Refusal(node, f"`{argument}` of an EstimatorSpec is not bound to a name", "bind it to a name first")
        if argument in self.taken:
            raise Refusal(node, f"the name `{argument}` is taken")
        tail.append(f"self.{argument} = {self.draft.text(node)}")
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

    def _metrics(self, flat: Flat, tail: list[str]) -> None:
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
            self.draft.remove(statement)
        for key, value in zip(table.keys, table.values, strict=True):
            name = str(key.value)  # type: ignore[union-attr]
            made = self._bound(flat, value)
            if not isinstance(made, ast.Call) or not str(self.draft.context.tf_name(made.func)).startswith(
                "tf.metrics."
            ):
                raise Refusal(value, f"the metric `{name}` is not made by tf.metrics")
            if isinstance(value, ast.Name):
                attribute = self._attribute(value.id, value)
                self._renamed(value.id, attribute)
            else:
                attribute = self._attribute(name, value)
                tail.append(f"self.{attribute} = {self.draft.text(made)}")
            self.graph.metrics[name] = attribute

    # -- text ----------------------------------------------------------------------------------------------------
    def _head(self, function: ast.FunctionDef, first: ast.stmt, names: list[str], docstring: bool) -> None:
        unit = self.draft.layout.unit
        parameters = ["self", *(["params"] if "params" in names else [])]
        start = [f"def __init__({', '.join(parameters)}):"]
        self.made.append(f"self.global_step = {self.tf}.train.create_global_step()")
        head = self._lines(start, unit) + self._lines(self.made, 2 * unit)
        header_end = function.body[0].lineno - 1
        line = first.lineno
        while docstring is False and line > header_end + 1:
            line -= 1
        last = max(
            n.end_lineno or 0
            for n in (function, *ast.walk(function.args))
            if n is not function and hasattr(n, "end_lineno")
        )
        self.draft.replace_lines(function.lineno, max(last, function.lineno), f"class {self._class_name()}:\n")
        place = (function.body[0].end_lineno or 0) + 1 if docstring else max(last, function.lineno) + 1
        self.draft.insert(place, head)

    def _class_name(self) -> str:
        base = re.sub(r"_?(fn|func|function)$", "", self.function.name) or "model"
        name = "".join(part[:1].upper() + part[1:] for part in base.split("_"))
        if names_of(self.draft.module.tree, name):
            raise Refusal(self.function, f"the name `{name}` is taken, which the class of the estimator would have")
        return name

    def _lines(self, lines: list[str], indent: int) -> str:
        return "".join(f"{' ' * indent}{line}\n" for line in lines)

    def _methods(self, unit: int) -> str:
        lines = methods.written(self.estimator, self.graph, self.draft.context.quote)
        pad = " " * unit
        return "".join(f"{pad}{line.replace(chr(9), pad)}\n" if line else "\n" for line in lines).replace(
            "(tf.", f"({self.tf}."
        )

    def _calls(self, names: list[str]) -> None:
        given = self.draft.text(self.estimator.params) if self.estimator.params is not None else "None"
        self.draft.replace(self.estimator.node, f"{self._class_name()}({given if 'params' in names else ''})")
        for use in self.estimator.uses:
            texts = {k: self.draft.text(v) for k, v in use.given.items()}
            assert isinstance(use.node.func, ast.Attribute)
            receiver = self.draft.text(use.node.func)
            self.draft.replace(use.node, f"{receiver}({methods.arguments(texts, use.method)})")
