"""The text of the functions that replace runs."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from . import effects, fed, fedtypes, objects, soundness
from .context import Region
from .families import lists
from .layout import Layout
from .objects import Borrowed
from .plan import Function, Helper, closure
from .refusal import Refusal
from .render import Renderer
from .statements import Statement
from .values import Placeholder, Placeholders, State, Train

_SIGNATURE_WIDTH = 100


class FunctionWriter:
    """Writes functions of one region.

    Args:
      region: whose functions. renderer: how its names read outside of functions. layout: its lines.
      comments: the comment lines above each moved statement; each is written once.
    """

    def __init__(
        self, region: Region, renderer: Renderer, layout: Layout, comments: Mapping[Statement, list[str]]
    ) -> None:
        self.region = region
        self.renderer = renderer
        self.layout = layout
        self.comments = dict(comments)
        self.nameless: set[Statement] = set()

    def helper(self, helper: Helper, indent: int) -> list[str]:
        """A plain function that the others call."""
        inner = indent + self.layout.unit
        names = {k: parameter(k) for k in helper.parameters}
        renderer = self.renderer.within(names)
        lines = [" " * indent + f"def {helper.name}({', '.join(self._own(names.values()))}):"]
        for statement in helper.body:
            lines += self.statement(statement, renderer, inner)
        lines.append(" " * inner + f"return {', '.join(renderer.name(o) for o in helper.outputs)}")
        return lines

    def function(self, function: Function, indent: int) -> list[str]:
        """A ``tf.function``."""
        names = {k: parameter(k) for k in function.parameters}
        renderer = self.renderer.within({**names, **function.constants, **_borrowed_names(function)})
        self.nameless = effects.nameless(function)
        lines = self._head(function, names, indent)
        inner = outer = indent + self.layout.unit
        lines += lists.casts(function, renderer, inner)
        if function.writes_around:
            lines.append(self._writing(function, renderer, outer))
            inner = outer + self.layout.unit
        if function.trains or any(s.gradients for s in function.body):
            lines += self._training(function, renderer, inner)
        else:
            lines += self._body(function, function.body, renderer, inner)
            lines += self._summaries(function, renderer, inner)
        lines += self._effects(function, renderer, inner)
        lines += self._return(function, renderer, outer)
        return lines

    def _writing(self, function: Function, renderer: Renderer, indent: int) -> str:
        assert function.write is not None
        return f"{' ' * indent}with {renderer.name(function.write.writer)}.as_default(step={function.step}):"

    def _summaries(self, function: Function, renderer: Renderer, indent: int) -> list[str]:
        """What is written for TensorBoard, in a block of its own unless the whole function writes."""
        if not function.summaries:
            return []
        inner = indent if function.writes_around else indent + self.layout.unit
        lines, scope = [], ""
        for statement in function.summaries:
            made = self.statement(statement, renderer, inner)
            if statement.summarises_inside and statement.scope:
                made = made[1:] if made[0] == scope else made
                scope = made[0] if len(made) > 1 and made[0].strip().startswith("with ") else scope
            else:
                scope = ""
            lines += made
        return lines if function.writes_around else [self._writing(function, renderer, indent), *lines]

    def _head(self, function: Function, names: Mapping[str, str], indent: int) -> list[str]:
        pad, tf = " " * indent, self.renderer.tf("tf.function")
        parameters = [*names.values(), *([function.step] if function.write is not None else [])]
        head = [f"{pad}def {function.name}({', '.join(self._own(parameters))}):"]
        if function.makes_dataset:
            return [*head, *_casts(function, names, self.renderer, indent + self.layout.unit)]
        if self.is_wrapped(function):
            return head
        specs = self.specs(function)
        inside = objects.signature(function)
        if inside:
            given = inside if function.write is None else f"[*{inside}, {specs[-1]}]"
            return [f"{pad}@{tf}(input_signature={given})", *head]
        if not specs or any(s is None for s in specs):
            return [f"{pad}@{tf}", *head]
        return [*self._signed(f"{pad}@{tf}(", [str(s) for s in specs], indent), *head]

    def _signed(self, start: str, specs: list[str], indent: int) -> list[str]:
        """``start``, the signature, and the closing parenthesis; on one line where that fits."""
        one_line = f"{start}input_signature=[{', '.join(specs)}])"
        if len(one_line) <= _SIGNATURE_WIDTH:
            return [one_line]
        step = " " * (indent + self.layout.unit)
        return [f"{start}input_signature=[", *(f"{step}{s}," for s in specs), f"{' ' * indent}])"]

    def is_wrapped(self, function: Function) -> bool:
        """Whether the signature has dimensions that only ``__init__`` knows, and so is given there."""
        if not self.region.is_class:
            return False
        shapes = [function.inputs[k] for k in function.parameters if k in function.inputs]
        return any(p.shape is not None and names_of(shape_node(p.node)) & {*self.region.locals, "self"} for p in shapes)

    def wrapping(self, function: Function, indent: int) -> list[str]:
        """The statement of ``__init__`` that makes a method a ``tf.function`` with its signature."""
        specs = [s or "" for s in self.specs(function)]
        if not all(specs):
            raise Refusal(function.sites[0].node, "a tensor is fed whose shape is not known")
        start = f"{' ' * indent}self.{function.name} = {self.renderer.tf('tf.function')}(self.{function.name}, "
        return self._signed(start, specs, indent)

    def specs(self, function: Function) -> list[str | None]:
        """The signature; None for what has none."""
        tf = self.renderer.tf
        step = [f"{tf('tf.TensorSpec')}([], {tf('tf.int64')})"] if function.write is not None else []
        specs = [
            self.spec(function.inputs.get(k))
            or fed.spec(self.region, k, self.renderer)
            or fedtypes.spec(self.region, k, self.renderer)
            for k in function.parameters
        ]
        return [*specs, *step]

    def _own(self, names: Iterable[str]) -> list[str]:
        """Parameters, behind ``self`` in a class."""
        return ["self", *names] if self.region.is_class else list(names)

    def spec(self, placeholder: Placeholder | None) -> str | None:
        """The ``tf.TensorSpec`` of a placeholder; None when its type is not known."""
        if placeholder is None or not placeholder.dtype or isinstance(placeholder, Placeholders):
            return None
        shape = placeholder.shape or "None"
        if (
            isinstance(placeholder.node, ast.Call)
            and (given := shape_node(placeholder.node)) in self.renderer.context.parents
        ):
            shape = self.renderer.text(given) if placeholder.shape is not None else shape
        spec = "tf.SparseTensorSpec" if placeholder.sparse else "tf.TensorSpec"
        return f"{self.renderer.tf(spec)}({shape}, {placeholder.dtype})"

    # -- statements ----------------------------------------------------------------------------------------------
    def statement(self, statement: Statement, renderer: Renderer, indent: int) -> list[str]:
        """One moved statement with the comments above it."""
        comments = self.comments.pop(statement, [])
        lines = [" " * indent + c if c else "" for c in comments]
        if statement.trains:
            return lines
        if statement in self.nameless:
            return lines + [" " * indent + line for line in effects.lines(statement, renderer, self.layout.unit)]
        text = renderer.text(statement.node)
        if not text:
            return []
        if statement.summarises_inside and statement.scope:
            quote = renderer.context.quote
            lines.append(f"{' ' * indent}with {renderer.tf('tf.name_scope')}({quote}{statement.scope}/{quote}):")
            indent += self.layout.unit
        shifted = self.layout.shift(text, statement.node.lineno, statement.node.col_offset, indent)
        shifted[-1] += self.layout.tail(statement.node)
        return lines + shifted

    def _body(
        self, function: Function, body: list[Statement], renderer: Renderer, indent: int, watched: Iterable[str] = ()
    ) -> list[str]:
        """Statements, those of the helper replaced by its call; tensors in ``watched`` are told to the tape."""
        lines: list[str] = []
        if function.borrowed is not None:
            lines.append(" " * indent + _borrowing(function.borrowed, renderer))
        helper = function.helper
        inside = set(helper.body) if helper is not None else set()
        if helper is not None and inside & set(body):
            lines.append(self._helper_call(function, helper, renderer, indent))
            lines += [f"{' ' * indent}tape.watch({renderer.name(k)})" for k in watched if k in helper.outputs]
        for statement in body:
            if statement not in inside:
                lines += self.statement(statement, renderer, indent)
                lines += [f"{' ' * indent}tape.watch({renderer.name(k)})" for k in watched if k in statement.defines]
        return lines

    def _helper_call(self, function: Function, helper: Helper, renderer: Renderer, indent: int) -> str:
        inside = set(helper.body)
        read = {k for s in function.statements if s not in inside for k in s.uses} | {
            k for f in function.fetches for k in f.uses
        }
        outputs = ", ".join(renderer.name(o) if o in read else "_" for o in helper.outputs)
        arguments = ", ".join(renderer.name(p) for p in helper.parameters)
        own = "self." if self.region.is_class else ""
        return f"{' ' * indent}{outputs} = {own}{helper.name}({arguments})"

    # -- training ------------------------------------------------------------------------------------------------
    def _training(self, function: Function, renderer: Renderer, indent: int) -> list[str]:
        """Losses under a tape, gradients, everything else that is fetched, then the updates, and what waits for them.

        TensorFlow 1 did not promise that order for one run, and kept it in practice.
        """
        taped = self._taped(function)
        lines = self._tape(function, taped, renderer, indent)
        rest = [s for s in function.body if s not in set(taped) and not _in_helper(function, s)]
        waiting = _behind_updates(function)
        applying: list[str] = []
        lists = _variable_lists(function, rest)
        for statement in lists:
            lines += self.statement(statement, renderer, indent)
        rest = [s for s in rest if s not in lists]
        lines += self._shared_variables(function, renderer, indent)
        for number, train in enumerate(function.trains):
            gradients, applied = self._apply(function, train, number, renderer, indent)
            lines += gradients
            applying += applied
        for statement in rest:
            if statement not in waiting:
                lines += self.statement(statement, renderer, indent)
        lines += self._summaries(function, renderer, indent)
        lines += applying
        for statement in rest:
            if statement in waiting:
                lines += self.statement(statement, renderer, indent)
        return lines

    def _tape(self, function: Function, taped: list[Statement], renderer: Renderer, indent: int) -> list[str]:
        """What losses depend on, under a tape."""
        inner = indent + self.layout.unit
        if not _losses(function):
            return self._body(function, taped, renderer, indent)
        several = len(_losses(function)) > 1
        watched = [k for s in function.body for g in s.gradients for k in g.watched]
        tape = self.renderer.tf("tf.GradientTape") + ("(persistent=True)" if several else "()")
        within = [f"{' ' * inner}tape.watch({renderer.name(k)})" for k in watched if k in function.inputs]
        within += self._body(function, taped, renderer, inner, [k for k in watched if k not in function.inputs])
        for number, train in enumerate(function.trains):
            if train.loss is not None and not isinstance(train.loss, (ast.Name, ast.Attribute)):
                within.append(f"{' ' * inner}{_loss_name(function, number)} = {renderer.text(train.loss)}")
        return [f"{' ' * indent}with {tape} as tape:", *(within or [f"{' ' * inner}pass"])]

    def _taped(self, function: Function) -> list[Statement]:
        """The statements that losses depend on."""
        found: set[Statement] = set()
        for statement in function.body:
            losses = [t.loss for t in statement.trains if t.loss is not None] + [g.loss for g in statement.gradients]
            for loss in losses:
                found |= set(self._of_loss(function, statement, loss))
        for statement in found:
            if statement.gradients or statement.trains:
                raise Refusal(statement.node, "a loss depends on gradients")
        return [s for s in function.body if s in found]

    def _shared_variables(self, function: Function, renderer: Renderer, indent: int) -> list[str]:
        """The list that ``compute_gradients`` without variables differentiates by."""
        for gradients in [g for s in function.body for g in s.gradients if g.variables is None]:
            return [f"{' ' * indent}variables = {renderer.variables(self._trained(function, gradients.loss))}"]
        return []

    def _apply(
        self, function: Function, train: Train, number: int, renderer: Renderer, indent: int
    ) -> tuple[list[str], list[str]]:
        """The lines that compute gradients, and those that apply them."""
        pad = " " * indent
        optimizer = renderer.name(train.optimizer.path)
        rate = train.optimizer.rate
        mark = "" if len(function.trains) == 1 else f"_{number + 1}"
        before: list[str] = []
        after = [f"{pad}{optimizer}.learning_rate.assign({renderer.text(rate)})"] if rate is not None else []
        if train.loss is not None:
            loss = train.loss
            text = renderer.text(loss) if isinstance(loss, (ast.Name, ast.Attribute)) else _loss_name(function, number)
            listed = self._variables(function, train, renderer)
            if listed != f"variables{mark}":
                before.append(f"{pad}variables{mark} = {listed}")
            taken = f"tape.gradient({text}, variables{mark})"
            if soundness.rows(renderer.context, train, self._differentiated(function, train)):
                taken = f"[{renderer.tf('tf.convert_to_tensor')}(g) for g in {taken}]"
            before.append(f"{pad}gradients{mark} = {taken}")
            after.append(f"{pad}{optimizer}.apply_gradients(zip(gradients{mark}, variables{mark}))")
        else:
            pairs = renderer.text(train.pairs)
            if soundness.rows(renderer.context, train, list(function.touched.values())):
                pairs = f"[({renderer.tf('tf.convert_to_tensor')}(g), v) for g, v in {pairs}]"
            after.append(f"{pad}{optimizer}.apply_gradients({pairs})")
        if train.step is not None:
            after.append(f"{pad}{renderer.text(train.step)}.assign_add(1)")
        return before, after

    def _variables(self, function: Function, train: Train, renderer: Renderer) -> str:
        if train.variables is not None:
            text = renderer.text(train.variables)
            return text if not text.endswith(".values()") else f"list({text})"
        states = self._trained(function, train.loss)
        if not states:
            raise Refusal(train.node, "the variables that the loss depends on are not known")
        return renderer.variables(states)

    def _differentiated(self, function: Function, train: Train) -> list[State]:
        """The variables that one training operation changes, or may change."""
        return self._trained(function, train.loss) if train.variables is None else list(function.touched.values())

    def _trained(self, function: Function, loss: ast.expr | None) -> list[State]:
        """The trainable variables that a loss depends on, in the order of their creation."""
        touched: set[str] = set()
        for statement in function.body:
            losses = [t.loss for t in statement.trains] + [g.loss for g in statement.gradients]
            if loss is not None and any(each is loss for each in losses):
                touched |= set(statement.touched)
                for before in self._of_loss(function, statement, loss):
                    touched |= set(before.touched)
        return [s for s in objects.states(self.region) if s.scoped in touched and s.trainable]

    def _of_loss(self, function: Function, statement: Statement, loss: ast.expr) -> list[Statement]:
        named = names_of(loss) | {f"self.{n.attr}" for n in ast.walk(loss) if isinstance(n, ast.Attribute)}
        return closure({k: m for k, m in statement.uses.items() if k in named}, function.parameters)

    # -- results -------------------------------------------------------------------------------------------------
    def _effects(self, function: Function, renderer: Renderer, indent: int) -> list[str]:
        lines = []
        for fetch in function.fetches:
            if fetch.kind in ("effect", "effects") and not isinstance(fetch.node, (ast.Name, ast.Attribute)):
                lines.append(" " * indent + renderer.text(fetch.node))
        return lines

    def _return(self, function: Function, renderer: Renderer, indent: int) -> list[str]:
        values = [f for f in function.fetches if f.kind in ("tensor", "value", "nest", "state", "dataset")]
        if not values:
            return []
        return [" " * indent + f"return {', '.join(renderer.text(f.node) for f in values)}"]


def _casts(function: Function, names: Mapping[str, str], renderer: Renderer, indent: int) -> list[str]:
    """What feeding did: values take the type of their placeholder, unless that was made of the type of their array."""
    lines = []
    for key, name in names.items():
        dtype = function.inputs[key].dtype if key in function.inputs else ""
        fed = [value for site in function.sites for k, value in site.feeds if k == key]
        roots = {ast.unparse(v.value if isinstance(v, ast.Subscript) else v) for v in fed}
        if dtype and not dtype.endswith(".string") and roots != {dtype.removesuffix(".dtype")}:
            lines.append(f"{' ' * indent}{name} = {renderer.tf('tf.cast')}({name}, {dtype})")
    return lines


def _losses(function: Function) -> list[ast.expr]:
    return [t.loss for t in function.trains if t.loss is not None] + [
        g.loss for s in function.body for g in s.gradients
    ]


def _loss_name(function: Function, number: int) -> str:
    return "loss" if len(function.trains) == 1 else f"loss_{number + 1}"


def _in_helper(function: Function, statement: Statement) -> bool:
    return function.helper is not None and statement in function.helper.body


def _variable_lists(function: Function, rest: list[Statement]) -> list[Statement]:
    """The statements that make the lists of variables by which losses are differentiated."""
    by = [t.variables for t in function.trains] + [g.variables for s in function.body for g in s.gradients]
    named = {name for node in by for name in names_of(node)}
    uses = {
        k: m for s in function.body if s.trains or s.gradients for k, m in s.uses.items() if k in named
    }  # fmt: skip
    wanted = set(closure(uses, function.parameters))
    return [s for s in rest if s in wanted]


def _behind_updates(function: Function) -> set[Statement]:
    """The statements that wait for a training step (control dependencies)."""
    found: set[Statement] = set()
    for statement in function.body:
        if any(m.trains or m in found for ms in statement.uses.values() for m in ms):
            found.add(statement)
    return found


def _borrowed_names(function: Function) -> dict[str, str]:
    """What the tensors that a function takes from an object are called in it."""
    if function.borrowed is None:
        return {}
    taken = {k for s in function.body for k in (*s.reads, *s.uses, *s.defines)} | {
        parameter(k) for k in function.parameters
    }
    return {k: f"{parameter(k)}_" if parameter(k) in taken else parameter(k) for k in function.borrowed.keys}


def _borrowing(borrowed: Borrowed, renderer: Renderer) -> str:
    """The call of an object's method for its tensors."""
    fetched = [key for f in borrowed.function.fetches for key in f.uses]
    names = [renderer.name(k) if k in borrowed.keys else "_" for k in fetched]
    arguments = [renderer.name(k) for k in borrowed.function.parameters]
    return f"{', '.join(names)} = {borrowed.instance.path}.{borrowed.function.name}({', '.join(arguments)})"


def shape_node(node: ast.AST) -> ast.expr | None:
    """The shape argument of a placeholder's call."""
    assert isinstance(node, ast.Call)
    given = next((k.value for k in node.keywords if k.arg == "shape"), None)
    return given if given is not None else node.args[1] if len(node.args) > 1 else None


def names_of(node: ast.AST | None) -> set[str]:
    """The names in an expression."""
    return set() if node is None else {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def parameter(key: str) -> str:
    """The name of the parameter that a placeholder becomes."""
    return key.removeprefix("self.")
