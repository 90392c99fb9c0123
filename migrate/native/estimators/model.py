"""The class of a ``model_fn``: ``__init__`` builds its graph, with placeholders for features and labels; its methods run that."""

from __future__ import annotations

import ast
import re

from ..draft import Draft
from ..refusal import Refusal
from . import methods, purity
from .attributes import Attributes
from .features import Inputs
from .modes import Flattener
from .outputs import Outputs
from .uses import Estimator, names_of

_PARAMETERS = ("features", "labels", "mode", "params")


def rewrite(draft: Draft, estimator: Estimator) -> None:
    """Put a class where the ``model_fn`` is, and calls of its methods where the estimator's are.

    Raises:
      Refusal: the function builds its graph in a way that is not understood.
    """
    _Writer(draft, estimator).run()


class _Writer:
    def __init__(self, draft: Draft, estimator: Estimator) -> None:
        self.draft, self.estimator, self.function = draft, estimator, estimator.function
        self.own = Attributes(draft, estimator.function)
        self.tf = draft.context.prefix

    def run(self) -> None:
        """Write everything."""
        function, unit = self.function, self.draft.layout.unit
        purity.check(self.draft, function)
        names = [a.arg for a in function.args.args]
        if (
            not names
            or set(names) - set(_PARAMETERS)
            or ast.unparse(function.args) != ", ".join(names)
            or "self" in self.own.names
        ):
            raise Refusal(function, "a model_fn has parameters that are not known")
        docstring = ast.get_docstring(function) is not None
        body = function.body[1:] if docstring else function.body
        flat = Flattener(self.draft, function, unit).run(body)
        Inputs(self.own).write(self.estimator.features, flat)
        tail = Outputs(self.own, self.estimator).write(flat)
        self._head(function, names, docstring)
        last = function.end_lineno or 0
        self.draft.replace_lines(last + 1, last, self._lines(tail, unit * 2) + self._methods(unit))
        self._calls(names)

    def _head(self, function: ast.FunctionDef, names: list[str], docstring: bool) -> None:
        """The class, its docstring and the beginning of ``__init__`` where the function's header was."""
        unit, lines = self.draft.layout.unit, self.draft.layout.lines
        parameters = ["self", *(["params"] if "params" in names else [])]
        self.own.made.append(f"self.global_step = {self.tf}.train.create_global_step()")
        start = self._lines([f"def __init__({', '.join(parameters)}):"], unit) + self._lines(self.own.made, 2 * unit)
        last = max(a.end_lineno or 0 for a in function.args.args)
        while not lines[last - 1].partition("#")[0].rstrip().endswith(":"):
            last += 1
        self.draft.replace_lines(function.lineno, last, f"class {self._class_name()}:\n")
        self.draft.insert((function.body[0].end_lineno or 0) + 1 if docstring else last + 1, start)

    def _class_name(self) -> str:
        base = re.sub(r"_?(fn|func|function)$", "", self.function.name) or "model"
        name = "".join(part[:1].upper() + part[1:] for part in base.split("_"))
        defined = (ast.ClassDef, ast.FunctionDef, ast.alias)
        if names_of(self.draft.module.tree, name) or any(
            name == n.name for n in ast.walk(self.draft.module.tree) if isinstance(n, defined)
        ):
            raise Refusal(self.function, f"the name `{name}` is taken, which the class of the estimator would have")
        return name

    def _lines(self, lines: list[str], indent: int) -> str:
        return "".join(f"{' ' * indent}{line}\n" for line in lines)

    def _methods(self, unit: int) -> str:
        lines = methods.written(self.estimator, self.own.graph, self.draft.context.quote)
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
            self.draft.replace(use.node, f"{receiver}({methods.arguments(texts)})")
