"""Reads the statements of a region in order and tells what each has to do with the graph."""

from __future__ import annotations

import ast

from . import handed, hoist, homes, inline, objects, passed, shapes, structural, sums
from .context import Context, Region, VariableScope, literal
from .environment import Environment, key_of
from .evaluate import Evaluator
from .refusal import Refusal
from .statements import Statement
from .values import (
    Class,
    Dropped,
    Effect,
    Feed,
    Function,
    Gradients,
    HandMade,
    Iterator,
    Optimizer,
    Partial,
    Placeholder,
    Plain,
    Random,
    Saver,
    Sequence,
    Session,
    State,
    Value,
    Writer,
    is_graph,
    leaves,
)

_SESSIONS = ("tf.Session", "tf.InteractiveSession", "tf.train.MonitoredTrainingSession", "tf.train.Supervisor")


class Walker:
    """Walks one region.

    Args:
      context: the module. region: where the statements go.
    """

    def __init__(self, context: Context, region: Region) -> None:
        self.context = context
        self.region = region
        self.evaluator = Evaluator(context, region)
        self.evaluator.walk_function = self.call
        self.evaluator.walk_class = self.class_region
        self.waiting: list[Statement] = []
        self.definitions: dict[ast.AST, Statement] = {}
        self.returning: dict[ast.AST, ast.expr | None] = {}

    # -- statements of the region --------------------------------------------------------------------------------
    def region_body(self, body: list[ast.stmt]) -> None:
        """Walk the whole region, then the functions and classes in it that were not reached."""
        self.region.body = self.block(body, None)
        self.context.regions[self.region.owner] = self.region
        self.finish()
        hoist.place(self.context, self.region)

    def finish(self) -> None:
        """Walk the functions that run a graph: now all names are known."""
        for made in handed.in_order(self.waiting):
            node = made.node
            if node in self.context.inlined:
                continue
            if isinstance(node, ast.ClassDef):
                self.class_region(node)
            elif isinstance(node, ast.FunctionDef) and _own_region(self, node):
                self._function_region(made, node)
            else:
                self._running_function(made)
        for definition, made in list(self.definitions.items()):
            if made.region is self.region and isinstance(definition, ast.FunctionDef):
                self._unreached_function(made, definition)

    def _unreached_function(self, made: Statement, node: ast.FunctionDef) -> None:
        """A function that nothing calls while the graph is built (``main``, a reader of files): read for the names in it."""
        reached = self.context.read_functions | self.context.running | self.context.inlined
        if node in reached:
            return
        evaluator = self.evaluator
        arguments: dict[str, Value] = {argument.arg: Plain() for argument in arguments_of(node)}
        before, evaluator.statement = evaluator.statement, made
        kind, reads, defines = made.kind, set(made.reads), set(made.defines)
        self.call(Function(node), arguments, ast.Call(ast.Name(node.name), [], []))
        made.kind, made.reads, made.defines = kind, reads, defines
        evaluator.statement = before

    def _function_region(self, made: Statement, node: ast.FunctionDef) -> None:
        """A function that builds a graph and runs it: a region of its own."""
        region = Region(node, Environment(outer=self.region.environment))
        region.taken |= self.region.taken | homes.bare(self.context, node)
        inner = Walker(self.context, region)
        inner.definitions = self.definitions
        for argument in arguments_of(node):
            region.environment.bind(argument.arg, Plain(), None)
        inner.region_body(node.body)
        made.kind = "region"

    def class_region(self, node: ast.ClassDef) -> Region:
        """What ``__init__`` of a class builds, and the methods that run it."""
        if node in self.context.regions:
            return self.context.regions[node]
        region = Region(node, Environment(outer=self.module_environment()))
        region.taken |= {name for name in self.region.taken if name[:1].isupper()}  # of other classes
        region.methods = {n.name: n for n in node.body if isinstance(n, ast.FunctionDef)}
        region.taken |= set(region.methods)
        keys = [key_of(n) for n in ast.walk(node) if isinstance(n, ast.Attribute)]
        region.taken |= {key.removeprefix("self.") for key in keys if key is not None}
        self.context.regions[node] = region
        self.context.running |= {m for m in region.methods.values() if _runs(m)}
        inner = Walker(self.context, region)
        inner.class_body(node)
        return region

    def module_environment(self) -> Environment:
        """The names of the module."""
        here = self.region.environment
        while here.outer is not None:
            here = here.outer
        return here

    def class_body(self, node: ast.ClassDef) -> None:
        """Walk ``__init__``, then the other methods."""
        for base in node.bases:
            if str(self.context.tf_name(base)).endswith("SessionRunHook"):
                raise Refusal(base, "a hook of sessions is written here", "call what it does in the training loop")
            if self.context.tf_name(base) is not None or isinstance(self.evaluator.value(base), Class):
                raise Refusal(base, "a class that builds a graph is made from another class")
        self.region.body = [Statement(n, i, region=self.region) for i, n in enumerate(node.body)]
        self.region.statements += self.region.body
        for made in self.region.body:
            if isinstance(made.node, ast.FunctionDef) and made.node.name == "__init__":
                made.kind = "block"
                for argument in arguments_of(made.node):
                    if argument.arg != "self":
                        self.region.environment.bind(argument.arg, objects.parameter(self, node, argument.arg), made)
                made.children = self.block(made.node.body, made)
        hoist.place(self.context, self.region)
        self.region.locals = {k: b for k, b in self.region.environment.names.items() if not k.startswith("self.")}
        for key in self.region.locals:
            del self.region.environment.names[key]
        for made in self.region.body:
            if (
                isinstance(made.node, ast.FunctionDef)
                and made.node.name != "__init__"
                and made.node not in self.context.inlined
            ):
                self._running_function(made)

    def block(self, body: list[ast.stmt], parent: Statement | None) -> list[Statement]:
        """Walk statements one after another."""
        return [self.statement(node, parent) for node in body]

    def statement(self, node: ast.stmt, parent: Statement | None) -> Statement:
        """Walk one statement."""
        made = Statement(node, len(self.region.statements), parent=parent, region=self.region)
        made.scope = self.region.names.prefix
        self.region.statements.append(made)
        before, self.evaluator.statement = self.evaluator.statement, made
        try:
            method = getattr(self, "_" + type(node).__name__.lower(), None)
            if isinstance(node, ast.Return) and node in self.returning:
                inline.returned(self, made, node)
            elif method is not None:
                method(made, node)
            elif not inline.expand(self, made, node):
                self._simple(made, node)
        finally:
            self.evaluator.statement = before
        return made

    def _simple(self, made: Statement, node: ast.stmt) -> None:
        sites = len(self.region.sites) + len(self.evaluator.foreign)
        value = self.execute(node)
        made.kind = self.kind(made, value, len(self.region.sites) + len(self.evaluator.foreign) > sites)
        shapes.settle(made)
        if made.kind == "graph":
            hoist.place_inline(self.context, self.region, made)
        if made.kind == "plain" and self._only_renames(node):
            made.kind = "dropped"
        if isinstance(node, ast.Return) and made.kind == "graph":
            raise Refusal(node, "a function that runs the graph returns a tensor of it")

    def execute(self, node: ast.stmt) -> Value:
        """Evaluate a simple statement, bind what it binds, and give the value of its right-hand side."""
        evaluator = self.evaluator
        if isinstance(node, ast.Assign):
            value = evaluator.value(node.value)
            if self._configures(node):
                return Dropped("config")
            for target in node.targets:
                sums.rebound(self, target, value)
                evaluator.bind(target, value if evaluator.depth else self._named(target, value))
                if evaluator.frames and isinstance(target, ast.Name):
                    known = evaluator.frames[-1].locals
                    known[target.id] = None if target.id in known else node.value
            return value
        if isinstance(node, (ast.AugAssign, ast.AnnAssign)):
            return self._augmented(node)
        if isinstance(node, (ast.Expr, ast.Return)):
            return evaluator.value(node.value)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                evaluator.environment.bind((alias.asname or alias.name).split(".")[0], Plain(), None)
            return Plain()
        if isinstance(node, ast.Assert):
            if is_graph(evaluator.value(node.test)):
                raise Refusal(node, "assert looks at a tensor")
            return Plain()
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr) and is_graph(evaluator.value(child)):
                raise Refusal(node, "a tensor is used in a statement that is not understood")
        return Plain()

    def _only_renames(self, node: ast.stmt) -> bool:
        """``bce = tf.nn.sigmoid_cross_entropy_with_logits``: every use of it is written with the full name."""
        if not (isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name)):
            return False
        name = node.targets[0].id
        if not isinstance(node.value, (ast.Name, ast.Attribute)) or self.context.tf_name(node.value) is None:
            return False
        uses = [
            n
            for n in ast.walk(self.context.module.tree)
            if isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load)
        ]
        called = {c.func for c in ast.walk(self.context.module.tree) if isinstance(c, ast.Call)}
        return all(n in called and self.context.tf_name(n) is not None for n in uses)

    def _configures(self, node: ast.Assign) -> bool:
        """``config.gpu_options.allow_growth = True``: of what TensorFlow 2 needs no longer."""
        target = node.targets[0]
        return isinstance(target, ast.Attribute) and isinstance(self.evaluator.value(target.value), Dropped)

    def _augmented(self, node: ast.AugAssign | ast.AnnAssign) -> Value:
        if isinstance(node, ast.AnnAssign):
            value = self.evaluator.value(node.value)
        else:
            loaded = self.evaluator.value(_loaded(node.target))
            value = self.evaluator.combine([loaded, self.evaluator.value(node.value)], node)
            if is_graph(value):
                sums.start(self, node.target)
        self.evaluator.bind(node.target, value)
        return value

    def _named(self, target: ast.expr, value: Value) -> Value:
        """State and placeholders take the name that they are bound to first."""
        from .naming import named

        return named(target, value, self.region)

    # -- definitions ---------------------------------------------------------------------------------------------
    def _functiondef(self, made: Statement, node: ast.FunctionDef) -> None:
        self.evaluator.environment.bind(node.name, Function(node), made)
        self.region.taken.add(node.name)
        self.definitions[node] = made
        made.defines.add(node.name)
        if _runs(node) or self.makes_session(node) or self._vanishes(node):
            self.waiting.append(made)
            self.context.running.add(node)

    def _vanishes(self, node: ast.AST) -> bool:
        """Whether a function has calls of which nothing is left, and so must be read statement by statement."""
        found = (
            n
            for n in ast.walk(node)
            if isinstance(n, ast.Call) and self.context.tf_name(n.func) in structural.VANISHING
        )
        return next(found, None) is not None

    def makes_session(self, node: ast.AST) -> bool:
        """Whether a function makes a session of its own."""
        return any(isinstance(n, ast.Call) and self.context.tf_name(n.func) in _SESSIONS for n in ast.walk(node))

    def _classdef(self, made: Statement, node: ast.ClassDef) -> None:
        self.region.taken.add(node.name)
        made.defines.add(node.name)
        if self.context.eager:
            from .families import eager

            eager.class_statement(self, made, node)
            return
        uses_tf = any(
            self.context.tf_name(n) is not None for n in ast.walk(node) if isinstance(n, (ast.Attribute, ast.Name))
        )
        if not uses_tf and not _runs(node):
            self.evaluator.environment.bind(node.name, Plain(), made)
            return
        made.kind = "region"
        self.evaluator.environment.bind(node.name, Class(node), made)
        self.waiting.append(made)

    def _running_function(self, made: Statement) -> None:
        """A function that runs the graph of this region: its statements are walked when all names are known."""
        node = made.node
        assert isinstance(node, ast.FunctionDef)
        before = self.evaluator.environment
        self.evaluator.environment = Environment(outer=before)
        for argument in arguments_of(node):
            self.evaluator.environment.bind(argument.arg, handed.bound(self.context, node, argument.arg), None)
        if node in self.context.running:
            made.kind = "block"
            made.children = self.block(node.body, made)
            for child in _below(made):
                if child.moves or child.states:
                    raise Refusal(child.node, "the graph grows in a function that runs it")
        elif node not in self.context.read_functions:
            self.evaluator.depth += 1
            outer, self.evaluator.statement = self.evaluator.statement, made
            self._returns(node.body)
            self.evaluator.statement = outer
            self.evaluator.depth -= 1
        self.evaluator.environment = before

    # -- blocks --------------------------------------------------------------------------------------------------
    def _with(self, made: Statement, node: ast.With) -> None:
        from .blocks import open_items

        opened = open_items(self, node)
        if opened is None:
            self._compound(made, [node.body], [i.context_expr for i in node.items])
            return
        made.kind = "open"
        made.children = self.block(node.body, made)
        opened.close()
        for child in made.children:
            for key, makers in made.uses.items():
                child.uses[f"after {made.index} {key}"] = makers
        made.uses = {}

    def _if(self, made: Statement, node: ast.If) -> None:
        if _is_main(node):
            made.kind = "block"
            made.children = self.block(node.body, made)
            return
        if is_graph(self.evaluator.value(node.test)):
            raise Refusal(node, "Python's if looks at a tensor")
        self._compound(made, [node.body, node.orelse], [])

    def _for(self, made: Statement, node: ast.For) -> None:
        iterable = self.evaluator.value(node.iter)
        if (
            is_graph(iterable)
            and not isinstance(iterable, (Sequence,))
            and type(iterable).__name__ in ("Tensor", "Placeholder")
        ):
            raise Refusal(node, "a loop over a tensor")
        self.evaluator.bind_items(node.target, iterable)
        self._compound(made, [node.body, node.orelse], [], loop=True)

    def _while(self, made: Statement, node: ast.While) -> None:
        if is_graph(self.evaluator.value(node.test)):
            raise Refusal(node, "Python's while looks at a tensor")
        self._compound(made, [node.body, node.orelse], [], loop=True)

    def _try(self, made: Statement, node: ast.Try) -> None:
        for handler in node.handlers:
            if handler.type is not None:
                self.evaluator.value(handler.type)
            if handler.name:
                self.evaluator.environment.bind(handler.name, Plain(), None)
        self._compound(made, [node.body, *(h.body for h in node.handlers), node.orelse, node.finalbody], [])

    def _compound(
        self,
        made: Statement,
        bodies: list[list[ast.stmt]],
        expressions: list[ast.expr],
        loop: bool = False,
    ) -> None:
        """A block with branches or a loop: one statement of the graph, of state, or a block that stays."""
        for expression in expressions:
            self.evaluator.value(expression)
        before, branches = self.evaluator.environment, []
        was_in_loop, self.evaluator.in_loop = self.evaluator.in_loop, self.evaluator.in_loop or loop
        for body in bodies:
            self.evaluator.environment = before.fork()
            made.children += self.block(body, made)
            branches.append(self.evaluator.environment)
        self.evaluator.in_loop = was_in_loop
        before.merge(branches)
        self.evaluator.environment = before
        _settle(made)
        if made.kind == "graph":
            before.made_by(made, set(_below(made)))

    # -- the program's own functions, called while the graph is built ----------------------------------------------
    def call(self, function: Function, arguments: dict[str, Value], node: ast.Call) -> Value:
        """What a call of one of the program's functions gives: its body is read with these arguments."""
        evaluator = self.evaluator
        definition = function.node
        if isinstance(definition, ast.FunctionDef) and isinstance(node.func, (ast.Name, ast.Attribute)):
            handed.note(self.context, definition, arguments, node)
        if definition in self.context.running and isinstance(definition, ast.FunctionDef):
            if any(is_graph(v) for v in arguments.values()):
                raise Refusal(node, f"`{definition.name}` runs the graph and is given tensors")
            return Plain()
        if definition in evaluator.stack and not self._names_tensorflow(definition):
            return Plain()
        outer = passed.around(evaluator, definition)
        before, evaluator.environment = evaluator.environment, Environment(outer=outer, local=True)
        self.context.read_functions.add(definition)
        evaluator.depth += 1
        evaluator.stack.append(definition)
        try:
            for key, value in arguments.items():
                evaluator.environment.bind(key, value, None)
            if isinstance(definition, ast.Lambda):
                return evaluator.value(definition.body)
            found = self._returns(definition.body)
        finally:
            evaluator.depth -= 1
            evaluator.stack.pop()
            evaluator.environment = before
        if not any(isinstance(v, Feed) for v in found):
            self._closure(definition)
        return found[0] if len(found) == 1 else evaluator.either(found, definition) if found else Plain(None)

    def _names_tensorflow(self, node: ast.AST) -> bool:
        return any(n in self.context.full for n in ast.walk(node))

    def reuse_of(self, node: ast.expr | None) -> bool:
        """Whether a scope reuses variables; a parameter of the function that is being read counts with the value it has here."""
        if node is None:
            return False
        if self.context.tf_name(node) == "tf.AUTO_REUSE":
            return True
        value = self.evaluator.value(node)
        if isinstance(value, Plain) and value.constant in (True, False, None):
            return bool(value.constant)
        raise Refusal(node, "whether a scope reuses its variables is not known before the program runs")

    def _closure(self, definition: ast.FunctionDef) -> None:
        """A function that reads tensors from around it moves with them."""
        made, statement = self.definitions.get(definition), self.evaluator.statement
        if made is not None and statement is not None and definition in self.evaluator.closures:
            made.kind = "graph"
            for key, makers in statement.uses.items():
                if key in names_in(definition):
                    made.uses[key] = made.uses.get(key, frozenset()) | makers
            for key, placeholder in statement.inputs.items():
                if key in names_in(definition):
                    made.inputs[key] = placeholder
            statement.uses[definition.name] = frozenset([made])

    def _returns(self, body: list[ast.stmt]) -> list[Value]:
        """Read a function's statements; what it may return."""
        found: list[Value] = []
        evaluator = self.evaluator
        for node in body:
            if isinstance(node, ast.Return):
                return [*found, evaluator.value(node.value)]
            if isinstance(node, ast.FunctionDef):
                evaluator.environment.bind(node.name, Function(node), None)
            elif isinstance(node, ast.If):
                if is_graph(evaluator.value(node.test)):
                    raise Refusal(node, "Python's if looks at a tensor")
                found += self._branches([node.body, node.orelse])
            elif isinstance(node, ast.For):
                evaluator.bind_items(node.target, evaluator.value(node.iter))
                found += self._branches([node.body, node.orelse])
            elif isinstance(node, ast.While):
                evaluator.value(node.test)
                found += self._branches([node.body, node.orelse])
            elif isinstance(node, ast.With):
                found += self._inner_with(node)
            elif isinstance(node, ast.Try):
                found += self._branches([node.body + node.orelse, *(h.body for h in node.handlers)])
                found += self._returns(node.finalbody)
            elif isinstance(node, ast.ClassDef):
                raise Refusal(node, "a function that builds a part of the graph has a class in it")
            else:
                self.execute(node)
        return found

    def _branches(self, bodies: list[list[ast.stmt]]) -> list[Value]:
        before, branches, found = self.evaluator.environment, [], []
        for body in bodies:
            self.evaluator.environment = before.fork()
            found += self._returns(body)
            branches.append(self.evaluator.environment)
        before.merge(branches)
        self.evaluator.environment = before
        return found

    def _inner_with(self, node: ast.With) -> list[Value]:
        from .blocks import dissolve_inner

        return dissolve_inner(self, node)

    @staticmethod
    def kind(made: Statement, value: Value, has_sites: bool) -> str:
        """What a simple statement is, from the value of its right-hand side."""
        return _kind(made, value, has_sites)


def _kind(made: Statement, value: Value, has_sites: bool) -> str:
    if has_sites:
        return "site"
    flat = leaves(value)
    if (any(isinstance(leaf, Random) for leaf in flat) or made.collects) and not is_graph(value):
        return "floating" if isinstance(made.node, ast.Assign) else "plain"
    if is_graph(value):
        if all(isinstance(leaf, Placeholder) for leaf in flat) and isinstance(made.node, ast.Assign):
            if made.created:  # the iterator of an element
                return "state"
            return "dropped" if isinstance(made.node.value, (ast.Call, ast.ListComp)) else "graph"
        return "graph"
    if made.summarises:
        return "graph"
    if flat and all(isinstance(leaf, (Dropped, Session, HandMade, Partial)) for leaf in flat):
        return "dropped"
    if isinstance(value, Iterator):
        return "state" if value.once else "dropped"
    if any(isinstance(leaf, (State, Optimizer, Saver, Writer)) for leaf in flat) or made.created:
        return "state"
    return "plain"


def _settle(made: Statement) -> None:
    """The kind of a block from the kinds of what is inside."""
    inside = list(_below(made))
    kinds = {s.kind for s in inside}
    if kinds & {"site", "open", "block"}:
        made.kind = "block"
        return
    if "graph" in kinds or "floating" in kinds:
        if any(s.created or s.states for s in inside):
            raise Refusal(made.node, "a block makes both variables and tensors of the graph")
        made.kind = "graph"
        members = set(inside)
        counted = names_in(made.node.target) if isinstance(made.node, ast.For) else set()
        for child in inside:
            for key, makers in child.uses.items():
                outside = frozenset(makers - members)
                if outside:
                    made.uses[key] = made.uses.get(key, frozenset()) | outside
            made.reads |= child.reads - counted
            made.defines |= child.defines
            made.trains += child.trains
            made.summarises |= child.summarises
            made.summarises_inside |= child.summarises_inside
            made.summarises_numbers |= child.summarises_numbers
            child.kind = "inside"
    elif "state" in kinds:
        made.kind = "state"
    elif kinds == {"dropped"}:
        made.kind = "dropped"
    for child in inside:
        made.defines |= child.defines


def _below(made: Statement) -> list[Statement]:
    return [s for child in made.children for s in (child, *_below(child))]


def _loaded(target: ast.expr) -> ast.expr:
    """The target of ``x += …`` as it is read."""
    return target


def names_in(node: ast.AST) -> set[str]:
    """Every name that is mentioned."""
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def _is_main(node: ast.If) -> bool:
    return (
        isinstance(node.test, ast.Compare)
        and isinstance(node.test.left, ast.Name)
        and node.test.left.id == "__name__"
        and not node.orelse
    )


def arguments_of(node: ast.FunctionDef) -> list[ast.arg]:
    """All parameters of a function."""
    a = node.args
    return [*a.posonlyargs, *a.args, *a.kwonlyargs, *([a.vararg] if a.vararg else []), *([a.kwarg] if a.kwarg else [])]


def _own_region(self: Walker, node: ast.FunctionDef) -> bool:
    """Whether a function builds a graph of its own: it makes a session and reads no tensor from around it."""
    if not self.makes_session(node):
        return False
    bound = {a.arg for a in arguments_of(node)} | {
        n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }
    for name in names_in(node) - bound:
        binding = self.region.environment.find(name)
        if binding is not None and (is_graph(binding.value) or isinstance(binding.value, State)):
            return False
    return True


def _runs(node: ast.AST) -> bool:
    """Whether a function's text has ``.run(`` or ``.eval(`` in it."""
    return any(
        isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr in ("run", "eval")
        for n in ast.walk(node)
    )


__all__ = ["Effect", "Gradients", "VariableScope", "Walker", "literal", "structural"]
