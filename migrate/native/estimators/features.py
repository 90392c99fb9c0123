"""What goes into the graph of an estimator: a placeholder for each feature, for labels, and for whether it trains."""

from __future__ import annotations

import ast

from ..refusal import Refusal
from .attributes import Attributes
from .modes import Flat, stored
from .uses import Features, names_of


class Inputs:
    """Writes the placeholders of one ``model_fn`` and puts them where it reads its parameters."""

    def __init__(self, own: Attributes) -> None:
        self.own, self.draft, self.function = own, own.draft, own.function
        self.tf = own.draft.context.prefix

    def write(self, features: Features, flat: Flat) -> None:
        """All of them."""
        self._features(features, flat)
        self._labels(flat)
        self._training(flat)
        for name, numbers in flat.choices.items():
            self._bound_once(name)
            attribute = self.own.attribute(name, name, self.function)
            self.own.made.append(f"self.{attribute} = {self.tf}.placeholder(None)")
            self.own.graph.choices[attribute] = numbers
            self.own.rename(name, attribute)

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
            by_text = {text: attribute for attribute, text in self.own.graph.inputs.items()}
            pairs = ", ".join(f"{k!r}: self.{by_text[f'features[{k!r}]']}" for k in features.keys or ())
            self.own.made.append(f"features = {{{pairs}}}".replace("'", self.draft.context.quote))

    def _input(self, wanted: str, text: str, node: ast.expr | None, flat: Flat) -> None:
        """Put an attribute where a feature is read; ``x = features['x']`` makes that name the attribute's."""
        known = next((a for a, t in self.own.graph.inputs.items() if t == text), None)
        attribute = known or self.own.attribute(wanted, text, node or self.function)
        if known is None:
            self.own.placeholder(attribute, text)
        if node is None:
            return
        parent = self.draft.context.parents[node]
        if isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Name) and parent in flat.kept:
            name = parent.targets[0].id
            if [n for s in flat.kept for n in stored(s)].count(name) == 1:
                self.draft.remove(parent)
                self.own.rename(name, attribute)
                return
        self.draft.renamed[node] = f"self.{attribute}"

    def _labels(self, flat: Flat) -> None:
        """A placeholder for labels; ``labels = tf.cast(labels, tf.int32)`` makes the name that of something else."""
        found = names_of(self.function, "labels")
        bound = [s for s in flat.kept if "labels" in stored(s)]
        if any(not isinstance(s, ast.Assign) for s in bound[:1]):
            raise Refusal(bound[0], "`labels` is bound to something else in a block")
        if not found:
            return
        self.own.placeholder("labels", "labels")
        last = (bound[0].end_lineno or 0) if bound else self.function.end_lineno or 0
        for node in found:
            if node.lineno <= last and isinstance(node.ctx, ast.Load):
                self.draft.renamed[node] = "self.labels"

    def _training(self, flat: Flat) -> None:
        if not (flat.alias or flat.training):
            return
        self._bound_once(flat.alias)
        name = self.own.attribute(flat.alias or "training", "training", self.function)
        if not flat.alias and name in self.own.names:
            raise Refusal(self.function, "the name `training` is taken")
        self.own.graph.training = name
        self.own.made.append(f"self.{name} = {self.tf}.placeholder({self.tf}.bool, [])")
        self.own.rename(name, name)
        for node in flat.training:
            self.draft.renamed[node] = f"self.{name}"

    def _bound_once(self, name: str) -> None:
        """What stands for the mode is nothing else later."""
        bound = [n for n in names_of(self.function, name) if isinstance(n.ctx, ast.Store)]
        if len(bound) > 1:
            raise Refusal(bound[1], f"`{name}` is bound to something else")
