"""One graph of the three that a ``model_fn`` builds: what a mode needs is what its EstimatorSpec names, and nothing else is computed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..draft import Draft
from ..refusal import Refusal
from .uses import bound, names_of

_SPEC = ("mode", "predictions", "loss", "train_op", "eval_metric_ops")
_MODES = "tf.estimator.ModeKeys."
_ALL = frozenset({"TRAIN", "EVAL", "PREDICT"})
_TRAIN = frozenset({"TRAIN"})
_TODO = "compute it in all modes, or write the training loop by hand"
# name spaces whose functions make variables
_LAYERS = ("tf.layers.", "tf.contrib.", "tf.get_variable", "tf.Variable", "tf.keras.", "tf.nn.rnn_cell.")


@dataclass(frozen=True, slots=True)
class Spec:
    """One EstimatorSpec: its modes, what it names, and the statement that makes it."""

    modes: frozenset[str]
    given: dict[str, ast.expr]
    node: ast.stmt


@dataclass(slots=True)
class Flat:
    """The body of a ``model_fn`` without its branches on the mode.

    Attributes:
      kept: the statements that stay, in order. specs: what the modes are made of.
      training: the expressions that tell whether the model trains. alias: the name that the program gave to that, or "".
      choices: names of numbers that are others in training than else, with both.
    """

    kept: list[ast.stmt] = field(default_factory=list)
    specs: list[Spec] = field(default_factory=list)
    training: list[ast.expr] = field(default_factory=list)
    alias: str = ""
    choices: dict[str, tuple[str, str]] = field(default_factory=dict)


class Flattener:
    """Takes the branches on the mode out of one ``model_fn``; lines move to the left by as much as their branch was indented."""

    def __init__(self, draft: Draft, function: ast.FunctionDef, unit: int) -> None:
        self.draft, self.function, self.unit = draft, function, unit
        self.flat = Flat()
        self.assigned: dict[str, tuple[ast.Assign, dict[str, ast.expr]]] = {}
        self.seen: set[ast.AST] = set()

    def run(self, body: list[ast.stmt]) -> Flat:
        """Walk the body.

        Raises:
          Refusal: a mode computes what others do not, in a way that one graph cannot.
        """
        self._alias(body)
        self.draft.indent(body[0].lineno, self.function.end_lineno or 0, self.unit)
        rest = self._block(body, _ALL)
        if rest:
            raise Refusal(self.function, "a model_fn does not return an EstimatorSpec at its end")
        for node in ast.walk(self.function):
            if isinstance(node, ast.Name) and node.id == "mode" and node not in self.seen:
                raise Refusal(node, "what depends on the mode is not understood", _TODO)
        return self.flat

    def _alias(self, body: list[ast.stmt]) -> None:
        """``training = mode == tf.estimator.ModeKeys.TRAIN``: the name stands for the mode."""
        for statement in body:
            if not (isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)):
                continue
            if self._modes(statement.value) == _TRAIN and not self.flat.alias:
                self.flat.alias = statement.targets[0].id
                self.draft.remove(statement)
                self.seen |= set(ast.walk(statement))
            elif isinstance(statement.value, ast.IfExp):
                self._choice(statement.targets[0].id, statement, statement.value)

    def _choice(self, name: str, statement: ast.stmt, value: ast.IfExp) -> None:
        """``keep_prob = 0.5 if mode == tf.estimator.ModeKeys.TRAIN else 1.0``."""
        modes, numbers = self._modes(value.test), (value.body, value.orelse)
        if modes not in (_TRAIN, _ALL - _TRAIN) or not all(isinstance(n, ast.Constant) for n in numbers):
            return
        texts = tuple(self.draft.text(n) for n in numbers)
        self.flat.choices[name] = texts if modes == _TRAIN else texts[::-1]  # type: ignore[assignment]
        self.draft.remove(statement)
        self.seen |= set(ast.walk(statement))

    def _block(self, body: list[ast.stmt], modes: frozenset[str]) -> frozenset[str]:
        """Walk statements that some modes reach; gives the modes that go on behind them."""
        for statement in body:
            if statement in self.seen:
                continue
            if not modes:
                raise Refusal(statement, "a statement that no mode reaches")
            if isinstance(statement, ast.Return):
                self._spec(statement, statement.value, modes)
                return frozenset()
            if isinstance(statement, ast.Assert) and self._modes(statement.test) is not None:
                self.seen |= set(ast.walk(statement))
                self.draft.remove(statement)
                continue
            chosen = self._modes(statement.test) if isinstance(statement, ast.If) else None
            if isinstance(statement, ast.If) and chosen is not None:
                modes = self._branch(statement, chosen, modes)
                continue
            if not self._is_spec(statement):
                self._keep(statement)
        return modes

    def _is_spec(self, statement: ast.stmt) -> bool:
        """``spec = tf.estimator.EstimatorSpec(…)``."""
        if not (isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)):
            return False
        given = self._given(statement.value)
        if given is not None:
            self.assigned[statement.targets[0].id] = statement, given
        return given is not None

    def _keep(self, statement: ast.stmt) -> None:
        self.flat.kept.append(statement)
        for node in ast.walk(statement):
            if isinstance(node, ast.Compare) and self._modes(node) == _TRAIN:
                self.flat.training.append(node)
                self.seen |= set(ast.walk(node))
            elif isinstance(node, (ast.Return, ast.Yield)):
                raise Refusal(node, "a model_fn returns inside a block that is not a branch on the mode")

    def _branch(self, node: ast.If, chosen: frozenset[str], modes: frozenset[str]) -> frozenset[str]:
        """Both branches of a test of the mode, one after the other."""
        if node.body[0].lineno == node.lineno:
            raise Refusal(node, "a branch on the mode is on one line")
        self.seen |= set(ast.walk(node.test))
        first = node.lineno
        while isinstance(node.body[0], ast.Return) and self.draft.layout.lines[first - 2].strip().startswith("#"):
            first -= 1
        self.draft.replace_lines(first, node.test.end_lineno or node.lineno, "")
        left = self._inside(node, node.body, modes & chosen)
        orelse = modes - chosen
        if node.orelse:
            is_elif = isinstance(node.orelse[0], ast.If) and node.orelse[0].col_offset == node.col_offset
            if is_elif:
                return left | self._block(node.orelse, orelse)
            line = next(
                i
                for i in range(node.body[-1].end_lineno or 0, node.orelse[0].lineno)
                if self.draft.layout.lines[i - 1].strip().startswith("else")
            )
            self.draft.replace_lines(line, line, "")
            return left | self._inside(node, node.orelse, orelse)
        return left | orelse

    def _inside(self, node: ast.If, body: list[ast.stmt], modes: frozenset[str]) -> frozenset[str]:
        """The statements of one branch."""
        if not modes:
            raise Refusal(node, "a branch that no mode reaches")
        self.draft.indent(body[0].lineno, body[-1].end_lineno or 0, node.col_offset - body[0].col_offset)
        before = len(self.flat.kept)
        left = self._block(body, modes)
        for statement in self.flat.kept[before:]:
            self._check(statement, body, modes)
        return left

    def _check(self, statement: ast.stmt, body: list[ast.stmt], modes: frozenset[str]) -> None:
        """What only some modes compute must not touch what the others do."""
        inside = {n for b in body for n in ast.walk(b)}
        for name in stored(statement):
            for node in names_of(self.function, name):
                if isinstance(node.ctx, ast.Store) and node not in inside and not self._forgets(node):
                    raise Refusal(statement, f"`{name}` is something else in other modes", _TODO)
        if modes != _TRAIN:
            for call in (n for n in ast.walk(statement) if isinstance(n, ast.Call)):
                name = str(self.draft.context.tf_name(call.func) or "")
                if name.startswith(_LAYERS) or (isinstance(call.func, ast.Name) and not name):
                    raise Refusal(call, "only some modes call this, and it may make variables", _TODO)

    def _forgets(self, node: ast.Name) -> bool:
        """``train_op = None`` in front of the branches: such a line goes."""
        parent = self.draft.context.parents[node]
        if not (isinstance(parent, ast.Assign) and ast.unparse(parent.value) == "None" and len(parent.targets) == 1):
            return False
        if parent in self.flat.kept:
            self.flat.kept.remove(parent)
            self.draft.remove(parent)
        return True

    def _modes(self, test: ast.expr) -> frozenset[str] | None:
        """The modes in which a test holds; None for other tests."""
        if isinstance(test, ast.Name) and test.id == self.flat.alias and self.flat.alias:
            return _TRAIN
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            found = self._modes(test.operand)
            return None if found is None else _ALL - found
        if not (isinstance(test, ast.Compare) and len(test.ops) == 1 and ast.unparse(test.left) == "mode"):
            return None
        right = test.comparators[0]
        named = right.elts if isinstance(right, (ast.Tuple, ast.List)) else [right]
        names = [str(self.draft.context.tf_name(n) or "") for n in named]
        if not all(n.startswith(_MODES) for n in names):
            return None
        chosen = frozenset(n.removeprefix(_MODES) for n in names) & _ALL
        if isinstance(test.ops[0], (ast.Eq, ast.In, ast.Is)):
            return chosen
        return _ALL - chosen if isinstance(test.ops[0], (ast.NotEq, ast.NotIn, ast.IsNot)) else None

    # -- what is returned ----------------------------------------------------------------------------------------
    def _spec(self, node: ast.Return, value: ast.expr | None, modes: frozenset[str]) -> None:
        given = self._given(value)
        if given is None and isinstance(value, ast.Name) and value.id in self.assigned:
            made, given = self.assigned[value.id]
            self.draft.remove(made, comments=True)
        if given is None:
            raise Refusal(node, "a model_fn returns something else than an EstimatorSpec")
        self.flat.specs.append(Spec(modes, given, node))

    def _given(self, value: ast.expr | None) -> dict[str, ast.expr] | None:
        """What an EstimatorSpec is given; None for other expressions."""
        if not isinstance(value, ast.Call) or not str(self.draft.context.tf_name(value.func)).endswith("EstimatorSpec"):
            return None
        self.seen |= {n for n in ast.walk(value) if isinstance(n, ast.Name) and n.id == "mode"}
        for keyword in value.keywords:
            if keyword.arg not in _SPEC:
                raise Refusal(keyword.value, f"`{keyword.arg}` of an EstimatorSpec is not lifted")
        return {k: v for k, v in bound(value, _SPEC).items() if ast.unparse(v) != "None" and k != "mode"}


def stored(node: ast.AST) -> list[str]:
    """The names that a statement binds, outside of functions in it."""
    return [n.id for n in _own(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]


def _own(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    if not isinstance(node, (ast.FunctionDef, ast.Lambda, ast.ListComp, ast.DictComp, ast.GeneratorExp)):
        for child in ast.iter_child_nodes(node):
            yield from _own(child)
