"""Abstract evaluation of expressions: what each stands for, and which statements it depends on. What is not known is refused."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable
from dataclasses import replace

from . import chosen as collections_
from . import fed, handed, hoist, methods, objects, precision, shapes, structural, told, varnames, vocabulary
from .context import Context, Region
from .environment import Binding, Environment, key_of
from .hoist import Frame, Pending
from .refusal import Refusal
from .statements import Site, Statement, apart
from .values import (
    UNKNOWN,
    Cell,
    Class,
    Dataset,
    Eager,
    Effect,
    Feed,
    Function,
    Handle,
    Initializer,
    Instance,
    Iterator,
    LocalVariables,
    MetricPair,
    MetricValue,
    Optimizer,
    Partial,
    Placeholder,
    Plain,
    Ran,
    Random,
    Restart,
    Saver,
    Schedule,
    Sequence,
    Series,
    Session,
    Shape,
    State,
    Symbolic,
    Table,
    Tensor,
    TensorFunction,
    Train,
    Value,
    is_graph,
    leaves,
    one_of,
)

_MAX_DEPTH = 20
# Python's own functions that may be given tensors: they handle lists, not numbers
_CONTAINERS = frozenset({"list", "tuple", "zip", "enumerate", "reversed", "dict", "set", "sorted"})


class Evaluator:
    """Evaluates expressions of one statement of a region after another.

    Attributes:
      statement: the statement that is being read; it collects uses, reads and what is created.
      environment: names at this place. functions: how deep calls of the program's own functions are nested.
    """

    def __init__(self, context: Context, region: Region) -> None:
        self.context = context
        self.region = region
        self.environment: Environment = region.environment
        self.statement: Statement | None = None
        self.replacements = context.replacements
        self.walk_class: Callable[[ast.ClassDef], Region] | None = None
        self.walk_function: Callable[[Function, dict[str, Value], ast.Call], Value] | None = None
        self.depth = 0
        self.stack: list[ast.AST] = []
        self.frames: list[Frame] = []
        self.dimensions: dict[ast.AST, int | None] = {}
        self.pending: list[Pending] = []
        self.instances: dict[ast.AST, tuple[Instance, Value]] = {}
        self.foreign: list[Site] = []
        self.closures: set[ast.AST] = set()
        self.in_loop = False
        self.tf_prefix = context.prefix

    # -- expressions ---------------------------------------------------------------------------------------------
    def value(self, node: ast.expr | None) -> Value:
        """What an expression stands for.

        Raises:
          Refusal: that is not known.
        """
        if node is None:
            return Plain(None)
        if node in self.context.known:
            return self.context.known[node]
        name = self.context.tf_name(node)
        if name is not None and not isinstance(node, ast.Call):
            return structural.symbol(self, node, name)
        method = getattr(self, "_" + type(node).__name__.lower(), None)
        found: Value = method(node) if method is not None else self._other(node)
        return found

    def values(self, nodes: Iterable[ast.expr]) -> list[Value]:
        """The values of several expressions."""
        return [self.value(n.value if isinstance(n, ast.Starred) else n) for n in nodes]

    def _constant(self, node: ast.Constant) -> Value:
        return Plain(node.value)

    def _name(self, node: ast.Name) -> Value:
        return self._scheduled(node, self.lookup(node.id, node))

    def _scheduled(self, node: ast.expr, value: Value) -> Value:
        """A schedule where a number is wanted: its value at the current step."""
        if isinstance(value, Schedule):
            self.value(value.step)
            self.replacements[node] = lambda r: f"{r.plain(node)}({r.text(value.step)})"
        if isinstance(value, Placeholder) and value.element is not None:
            from .families import iterators

            iterators.read(self, node, value)
        if isinstance(value, MetricValue):
            from .families import metrics

            return metrics.value_of(self, node, value.metric)
        if isinstance(value, Initializer) and value.node is not None:
            made = value.node
            if any(isinstance(n, (ast.Name, ast.Call)) for a in made.args for n in ast.walk(a)):
                raise Refusal(
                    node, "an initializer without a seed is used under a name, and made of values that may change"
                )
            self.replacements[node] = lambda r: r.text(made)
        return value

    def lookup(self, key: str, node: ast.expr) -> Value:
        """The value of a name, noted as a use of the statement that made it."""
        binding = self.environment.find(key)
        if binding is None:
            self._read(key)
            return Plain()
        if self.statement is not None and not binding.local:
            self._note(key, binding)
            if self.stack and is_graph(binding.value) and self.region.is_own_attribute(key, self.stack):
                raise Refusal(
                    node, f"a method called inside an expression reads `{key}`, a tensor", "pass it to the method"
                )
        if isinstance(binding.value, Ran):
            raise Refusal(node, "a serialized summary is used for something else than writing it")
        if isinstance(binding.value, (MetricPair, LocalVariables)):
            raise Refusal(
                node, "a metric or its variables are used as a whole", "bind its value and its update to two names"
            )
        return binding.value

    def _note(self, key: str, binding: Binding) -> None:
        """Tell the statement what it depends on."""
        statement = self.statement
        assert statement is not None
        if isinstance(binding.value, MetricValue):
            return
        makers = frozenset(m for m in binding.makers if m.moves and m is not statement)
        graph = True
        if makers:
            statement.uses[key] = statement.uses.get(key, frozenset()) | makers
        elif isinstance(binding.value, Placeholder):
            statement.inputs[binding.value.name] = binding.value
        else:
            graph = False
            if not isinstance(binding.value, Tensor):
                self._read(key)
        for leaf in leaves(binding.value):
            if isinstance(leaf, State):
                statement.touched[leaf.scoped] = leaf
        if graph and self.stack:
            self.closures.update(self.stack)

    def _read(self, key: str) -> None:
        if self.statement is not None:
            self.statement.reads.add(key)

    def _attribute(self, node: ast.Attribute) -> Value:
        key = key_of(node)
        if key is not None and key.startswith("self.") and self.environment.find(key) is not None:
            return self._scheduled(node, self.lookup(key, node))
        if isinstance(node.value, ast.Name) and node.value.id == "self" and self.region.is_class:
            self._read("self")
            return Plain()
        return methods.attribute(self, node, self.value(node.value))

    def note_attribute(self, key: str, binding: Binding, instance: Instance) -> Value:
        """Note that this statement reads an attribute of an object."""
        if self.statement is not None:
            self._note(key, binding)
        if isinstance(binding.value, State):
            return replace(binding.value, path=f"{instance.path}.{binding.value.path.removeprefix('self.')}")
        return binding.value

    def call_method(self, node: ast.Call, instance: Instance, name: str) -> Value:
        """A call of a method of an object that builds a graph: those that run it are like any other function."""
        definition = instance.region.methods.get(name)
        found = self.arguments(node)
        if definition is None:
            bound = instance.region.environment.find(f"self.{name}")
            if bound is not None and is_graph(bound.value) and name != "run":
                raise Refusal(node, f"`.{name}` of an object is called")
            return Plain()
        handed.note(self.context, definition, self._match(Function(definition), node), node)
        if definition in self.context.running or not any(is_graph(v) for v in found):
            return Plain()
        raise Refusal(node, f"the method `{name}` of another object is given tensors")

    def _subscript(self, node: ast.Subscript) -> Value:
        from .families import metrics

        part = metrics.part(self, node) or varnames.one(self, node)
        if part is not None:
            return part
        with apart(self.statement) as notes:
            base = self.value(node.value)
        index = self.value(node.slice)
        shapes.note(self, notes, base, index)
        return methods.item(self, node, base, index)

    def _slice(self, node: ast.Slice) -> Value:
        return self.combine(self.values([n for n in (node.lower, node.upper, node.step) if n is not None]), node)

    def _tuple(self, node: ast.Tuple) -> Value:
        return self._sequence(node)

    def _list(self, node: ast.List) -> Value:
        return self._sequence(node)

    def _sequence(self, node: ast.List | ast.Tuple) -> Value:
        items: list[Value] = []
        for element in node.elts:
            if isinstance(element, ast.Starred):
                inner = self.value(element.value)
                if not isinstance(inner, Sequence):
                    return Series(self.combine([*items, *leaves(inner)], node))
                items += inner.items
            else:
                items.append(self.value(element))
        return Sequence(tuple(items))

    def _dict(self, node: ast.Dict) -> Value:
        from .families import sparse

        feeds, table, branches = [], {}, []
        for key, item in zip(node.keys, node.values, strict=True):
            if key is None:
                inner = self.value(item)
                if is_graph(inner):
                    raise Refusal(node, "a dictionary of tensors is made from another one")
                continue
            what, given = self.of_key(key), self.value(item)
            if isinstance(given, Function) and is_graph(what):
                branches += [self.value(key), given]  # it is read, unlike what is fed
            elif is_graph(what) or isinstance(what, State) or fed.is_fixed(what):
                sparse.fed(self, what, item)
                feeds.append((self.feed_key(key, what), item))
                name = feeds[-1][0].removeprefix("self.")
                self.replacements[key] = lambda r, name=name: r.context.quoted(name)
            elif isinstance(what, Plain) and isinstance(what.constant, (str, int)):
                table[what.constant] = given
            elif is_graph(given):
                raise Refusal(node, "a dictionary holds tensors under keys that are not literal")
        if branches:  # of tf.case: tensors are no keys in TensorFlow 2
            pairs = list(zip(node.keys, node.values, strict=True))
            self.replacements[node] = lambda r: f"[{', '.join(f'({r.text(k)}, {r.text(v)})' for k, v in pairs)}]"
            return Sequence(tuple(branches))
        if feeds:
            if len(feeds) != len(node.keys):
                raise Refusal(node, "something is fed that is not known to be a tensor")
            return Feed(tuple(feeds), {node: frozenset(k for k, _ in feeds)})
        return Table(table) if len(table) == len(node.keys) else Plain()

    def of_key(self, node: ast.expr) -> Value:
        """What is fed; a dictionary of feeds reads nothing of it."""
        with apart(self.statement) as notes:
            value = self.value(node)
        if self.statement is not None and not (is_graph(value) or fed.is_fixed(value)):
            notes.add_to(self.statement)
        return value

    def feed_key(self, key: ast.expr, value: Value) -> str:
        """The name under which a tensor is fed."""
        if isinstance(value, State):
            raise Refusal(key, "a variable is fed")
        name = value.name if isinstance(value, Placeholder) else key_of(key)
        if name is None:
            raise Refusal(key, "a tensor is fed that has no name of its own")
        return name

    def _ifexp(self, node: ast.IfExp) -> Value:
        test = self.value(node.test)
        if is_graph(test):
            raise Refusal(node, "Python's if looks at a tensor")
        return told.either(self, node)

    def _boolop(self, node: ast.BoolOp) -> Value:
        found = self.values(node.values)
        if any(is_graph(v) for v in found):
            raise Refusal(node, "and/or looks at a tensor")
        return _folded(node, found)

    def _compare(self, node: ast.Compare) -> Value:
        from .families import writers

        if writers.is_never_empty(self, node):
            self.replacements[node] = lambda _: "True"
            return Plain(True)
        found = self.values([node.left, *node.comparators])
        if any(isinstance(op, (ast.Is, ast.IsNot, ast.In, ast.NotIn)) for op in node.ops):
            return Plain()
        tensors = any(is_graph(v) or (self.context.eager and isinstance(v, Eager)) for v in found)
        if tensors and any(isinstance(op, (ast.Eq, ast.NotEq)) for op in node.ops):
            raise Refusal(node, "== between tensors asks in TensorFlow 1 whether they are the same object")
        return self.combine(found, node)

    def _lambda(self, node: ast.Lambda) -> Value:
        return Function(node)

    def _listcomp(self, node: ast.ListComp) -> Value:
        return self._comprehension(node)

    def _generatorexp(self, node: ast.GeneratorExp) -> Value:
        return self._comprehension(node)

    def _setcomp(self, node: ast.SetComp) -> Value:
        return self._comprehension(node)

    def _comprehension(self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp) -> Value:
        from .families import lists

        chosen = collections_.chosen(self, node) or varnames.listed(self, node)
        if chosen is not None:
            return chosen
        with self.scope():
            for generator in node.generators:
                self.bind_items(generator.target, self.value(generator.iter))
                for condition in generator.ifs:
                    if is_graph(self.value(condition)):
                        raise Refusal(condition, "Python's if looks at a tensor")
            item = self.value(node.elt)
        return lists.made(node, item) or (Plain() if isinstance(item, Plain) else Series(item))

    def _dictcomp(self, node: ast.DictComp) -> Value:
        from .families import lists

        feed = lists.fed(self, node)
        if feed is not None:
            return feed
        with self.scope():
            for generator in node.generators:
                self.bind_items(generator.target, self.value(generator.iter))
            found = self.values([node.key, node.value])
        if any(is_graph(v) or isinstance(v, State) for v in found):
            raise Refusal(node, "a dictionary of tensors is made in a comprehension")
        return Plain()

    def _starred(self, node: ast.Starred) -> Value:
        return self.value(node.value)

    def _other(self, node: ast.expr) -> Value:
        children = [c for c in ast.iter_child_nodes(node) if isinstance(c, ast.expr)]
        found = self.values(children)
        if isinstance(node, (ast.BinOp, ast.UnaryOp)):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
                joined = _joined(found)
                if joined is not None:
                    return joined
            result = shapes.with_shape(self.combine(found, node), shapes.of_operation(found))
            result = precision.typed(result, precision.of_operation(found))
            return _folded(node, found) if type(result) is Plain else result
        if any(is_graph(v) for v in found):
            raise Refusal(node, "a tensor is used where only Python values are understood")
        return Plain()

    # -- results -------------------------------------------------------------------------------------------------
    def combine(self, found: Iterable[Value], node: ast.AST, random: bool = False) -> Value:
        """What an operation on these values gives."""
        flat = [leaf for value in found for leaf in leaves(value)]
        if self.context.eager:
            return Eager() if any(isinstance(leaf, (Eager, Random, Tensor)) for leaf in flat) or random else Plain()
        graph = False
        for leaf in flat:
            if isinstance(leaf, (Train, Effect, Session, Saver, Optimizer, Dataset, Iterator)) and not (
                isinstance(leaf, Effect) and leaf.value
            ):
                raise Refusal(node, f"{type(leaf).__name__.lower()} is used as a number")
            if isinstance(leaf, Symbolic):
                raise Refusal(node, "a tensor inside of a model of Keras is used", "use the `output` of a model of it")
            if isinstance(leaf, Function) and self.is_tensor_function(leaf):
                graph = True
        if graph or any(is_graph(leaf) or isinstance(leaf, (State, Schedule)) for leaf in flat):
            return Tensor()
        if random or any(isinstance(leaf, Random) for leaf in flat):
            return Random()
        if any(isinstance(leaf, Eager) for leaf in flat):
            return Eager()
        return Plain()

    def is_tensor_function(self, function: Function) -> bool:
        """Whether a function of the program reads tensors of the graph; they become uses of this statement."""
        bound = {a.arg for a in _arguments(function.node)}
        found = False
        for node in ast.walk(function.node):
            key = key_of(node) if isinstance(node, (ast.Name, ast.Attribute)) else None
            if key is not None and key not in bound:
                binding = self.environment.find(key)
                if binding is not None and is_graph(binding.value):
                    self.lookup(key, node)  # type: ignore[arg-type]
                    found = True
        return found

    def either(self, found: list[Value], node: ast.AST) -> Value:
        """One of several values, which of them is not known."""
        kinds = {type(v) for v in found}
        if any(isinstance(v, (Dataset, Iterator, Restart, Handle)) for v in found):
            dataset = one_of(found)
            if dataset is None:
                raise Refusal(node, "which iterator this is, is only known when the program runs")
            return dataset
        if len(kinds) == 1 and not isinstance(found[0], (Sequence, Table, State, Train)):
            return found[0] if not isinstance(found[0], Plain) else Plain()
        return self.combine(found, node)

    # -- names ---------------------------------------------------------------------------------------------------
    def scope(self) -> _Scope:
        """Names bound inside are gone afterwards."""
        return _Scope(self)

    def bind_items(self, target: ast.expr, iterable: Value) -> None:
        """Bind the target of a loop over ``iterable``."""
        self.bind(target, methods.item_of(iterable))

    def bind(self, target: ast.expr, value: Value) -> None:
        """Bind what an assignment binds."""
        if isinstance(target, (ast.Tuple, ast.List)):
            self._bind_parts(target, value)
            return
        if isinstance(target, ast.Starred):
            self.bind(target.value, Series(methods.item_of(value)))
            return
        key = key_of(target)
        if key is None:
            if isinstance(target, ast.Subscript):
                self._bind_entry(target, value)
            elif is_graph(value):
                raise Refusal(target, "a tensor is kept in an attribute of another object")
            return
        if isinstance(value, State) and self._has_line(key, value):
            return
        self.environment.bind(key, value, self.statement)
        if self.environment.local:
            return
        if not self.region.is_class:  # there, locals are in nobody's way
            self.region.taken.add(key)
        if self.statement is not None:
            self.statement.defines.add(key)

    def _has_line(self, key: str, state: State) -> bool:
        """Whether a name is that of a variable which is made in a line of its own, wherever this statement goes."""
        known = self.environment.find(key)
        if known is not None and known.value is state:
            return True
        if self.statement is None or all(made.value is not state for made in self.statement.created):
            return False
        self.environment.bind(key, state, None)
        self.region.taken.add(key)
        return True

    def _bind_parts(self, target: ast.Tuple | ast.List, value: Value) -> None:
        starred = any(isinstance(e, ast.Starred) for e in target.elts)
        if isinstance(value, Sequence) and len(value.items) == len(target.elts) and not starred:
            for element, item in zip(target.elts, value.items, strict=True):
                self.bind(element, item)
            return
        for element in target.elts:
            self.bind(element, methods.item_of(value))

    def _bind_entry(self, target: ast.Subscript, value: Value) -> None:
        """``table[key] = value``: the table is changed in place."""
        key = key_of(target.value)
        base, index = self.value(target.value), self.value(target.slice)
        known = index if isinstance(index, Plain) and isinstance(index.constant, (str, int)) else None
        if key is None or not isinstance(base, (Table, Sequence, Feed)):
            if is_graph(value) or is_graph(base):
                raise Refusal(target, "a tensor is put into a container that is not understood")
            return
        if isinstance(base, Feed) or is_graph(index):
            raise Refusal(target, "a feed is added to a dictionary later")
        if isinstance(base, Table) and known is not None:
            changed: Value = Table({**base.items, known.constant: value})
        elif is_graph(value) or is_graph(base):
            raise Refusal(target, "a tensor is put under a key that is not literal")
        else:
            changed = Plain()
        self.environment.bind(key, changed, self.statement)
        if self.statement is not None:
            self.statement.defines.add(key)

    # -- calls ---------------------------------------------------------------------------------------------------
    def _call(self, node: ast.Call) -> Value:  # noqa: PLR0912 - one line for each kind of thing that can be called
        name = self.context.tf_name(node.func)
        if name is not None:
            self.region.names.note(name, _given_name(node))
            handler = structural.HANDLERS.get(name)
            if handler is not None:
                return handler(self, node)
            space = structural.space_of(name)
            if space is not None:
                return space[1](self, node, name)
            return self._vocabulary(node, name)
        from .families import partials

        partial = partials.made(self, node)
        if partial is not None:
            return partial
        if isinstance(node.func, ast.Attribute):
            key = key_of(node.func)
            bound = self.environment.find(key) if key is not None else None
            if bound is not None and isinstance(bound.value, Partial):
                return partials.call(self, node, bound.value)
            if bound is not None and isinstance(bound.value, Cell):
                return methods.cell_call(self, node, bound.value)
            if key is not None and bound is None and key.startswith("self.") and self.region.is_class:
                method = self.region.methods.get(node.func.attr)
                if method is not None:
                    return self._own(Function(method), node)
            if bound is not None and isinstance(bound.value, TensorFunction):
                return self.combine(self.arguments(node), node)
            if bound is None or not isinstance(bound.value, Function):
                return methods.call(self, node, self._receiver(node.func))
            return self._own(bound.value, node)
        from .families import keras

        function = self.value(node.func)
        if isinstance(function, Function):
            return self._own(function, node)
        if isinstance(function, Partial):
            return partials.call(self, node, function)
        if isinstance(function, Class):
            return objects.make(self, node, function)
        if isinstance(function, Cell):
            return methods.cell_call(self, node, function)
        if isinstance(function, keras.Layer):
            return keras.call(self, node, function)
        if isinstance(function, State):
            if self.statement is not None:
                self.statement.called.add(function.scoped)
            return self.combine(self.arguments(node), node)
        if isinstance(function, TensorFunction):
            result = self.combine(self.arguments(node), node)
            return Eager() if isinstance(result, Plain) else result
        return self._python(node, function)

    def _receiver(self, function: ast.Attribute) -> Value:
        """What a method is called on; ``loss.eval()`` asks for the loss, and does not read it here."""
        statement = self.statement
        if function.attr not in ("eval", "run") or statement is None:
            return self.value(function.value)
        before = (statement.uses, statement.reads, statement.touched, statement.inputs)
        statement.uses, statement.reads, statement.touched, statement.inputs = {}, set(), {}, {}
        found = self.value(function.value)
        if not isinstance(found, Plain):
            statement.uses, statement.reads, statement.touched, statement.inputs = before
        else:
            before[0].update(statement.uses)
            before[1].update(statement.reads)
            statement.uses, statement.reads, statement.touched, statement.inputs = before
        return found

    def arguments(self, node: ast.Call) -> list[Value]:
        """The values of all arguments."""
        return self.values([*node.args, *(k.value for k in node.keywords)])

    def aside(self, nodes: Iterable[ast.expr]) -> list[Value]:
        """Values of expressions that stay where they are while the rest of the statement moves: what they read is not read later."""
        if self.statement is None:
            return self.values(nodes)
        before, self.statement.reads = self.statement.reads, set()
        found = self.values(nodes)
        self.statement.reads = before
        return found

    def _vocabulary(self, node: ast.Call, name: str) -> Value:
        row = vocabulary.lookup(name)
        if row is None:
            raise Refusal(node, f"`{name}` has no counterpart that is known to compute the same")
        return structural.by_row(self, node, name, row)

    def _own(self, function: Function, node: ast.Call) -> Value:
        if self.depth > _MAX_DEPTH:
            raise Refusal(node, "a function that calls itself builds the graph")
        assert self.walk_function is not None
        arguments = self._match(function, node)
        self.frames.append(Frame(function.node, node, _given(function, node)))
        first = len(self.pending)
        try:
            result = self.walk_function(function, arguments, node)
        finally:
            self.frames.pop()
        hoist.leave(self, node, arguments, result, first)
        return result

    def unique(self, scoped: str) -> str:
        """A TensorFlow 1 name that no variable has yet, as TensorFlow 1 numbers them."""
        name, number = scoped, 1
        taken = {s.scoped for s in self.region.states}
        while name in taken:
            name, number = f"{scoped}_{number}", number + 1
        return name

    def _match(self, function: Function, node: ast.Call) -> dict[str, Value]:
        """Values by parameter of a call of one of the program's functions."""
        arguments = function.node.args
        names = [a.arg for a in (*arguments.posonlyargs, *arguments.args)]
        if names[:1] == ["self"]:
            names = names[1:]
        found: dict[str, Value] = {}
        defaults = arguments.defaults
        for parameter, default in zip(names[len(names) - len(defaults) :], defaults, strict=False):
            found[parameter] = self.value(default)
        for keyword_only, fallback in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
            if fallback is not None:
                found[keyword_only.arg] = self.value(fallback)
        if any(isinstance(a, ast.Starred) for a in node.args) or any(k.arg is None for k in node.keywords):
            if any(is_graph(v) for v in self.arguments(node)):
                raise Refusal(node, "tensors are passed through * or **")
            return {n: Plain() for n in names}
        for parameter, argument in zip(names, node.args, strict=False):
            found[parameter] = self.value(argument)
        for keyword in node.keywords:
            found[str(keyword.arg)] = self.value(keyword.value)
        return found

    def _python(self, node: ast.Call, function: Value) -> Value:
        """A call of a function that is neither TensorFlow's nor the program's."""
        from .families import lists

        feed = lists.fed(self, node)
        if feed is not None:
            return feed
        found = self.arguments(node)
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in _CONTAINERS:
            return methods.container(self, node, name, found)
        flat = [leaf for v in found for leaf in leaves(v)]
        if name == "sum" and any(is_graph(v) or isinstance(v, State) for v in flat):
            return Tensor()
        if name in ("len", "isinstance", "callable", "id", "hasattr", "type"):
            return Plain()
        for leaf in flat:
            if is_graph(leaf) or isinstance(leaf, (Session, Saver, Symbolic)):
                raise Refusal(
                    node, f"`{ast.unparse(node.func)}` is given a tensor, and what it does with it is not known"
                )
        if any(isinstance(leaf, Shape) for leaf in flat) and name in ("int", "float"):
            return Plain()
        if is_graph(function):
            raise Refusal(node, "a tensor is called")
        return Plain()


class _Scope:
    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator

    def __enter__(self) -> None:
        self.before = self.evaluator.environment
        self.evaluator.environment = Environment(outer=self.before, local=True)

    def __exit__(self, *error: object) -> None:
        self.evaluator.environment = self.before


_FOLDED = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Mod: operator.mod}


def _folded(node: ast.expr, found: list[Value]) -> Plain:
    """The value of an expression of known constants: names of scopes are made like this."""
    constants = [v.constant if isinstance(v, Plain) else UNKNOWN for v in found]
    if any(not isinstance(c, (str, int, bool, type(None))) for c in constants):
        return Plain()
    if isinstance(node, ast.BoolOp):
        wanted = isinstance(node.op, ast.Or)
        return Plain(next((c for c in constants if bool(c) is wanted), constants[-1]))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and type(constants[0]) is int:
        return Plain(-constants[0])
    if isinstance(node, ast.BinOp) and type(node.op) in _FOLDED and len(constants) == 2:
        try:
            return Plain(_FOLDED[type(node.op)](*constants))
        except (TypeError, ValueError, ArithmeticError):
            return Plain()
    return Plain()


def _given(function: Function, node: ast.Call) -> dict[str, ast.expr]:
    """The expressions behind the parameters of a call."""
    arguments = function.node.args
    names = [a.arg for a in (*arguments.posonlyargs, *arguments.args)]
    if names[:1] == ["self"]:
        names = names[1:]
    given = dict(zip(names[len(names) - len(arguments.defaults) :], arguments.defaults, strict=False))
    given.update({a.arg: d for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if d is not None})
    given.update(zip(names, node.args, strict=False))
    given.update({str(k.arg): k.value for k in node.keywords})
    return given


def _given_name(node: ast.Call) -> str | None:
    """The name that an operation is given as a literal."""
    given = [k.value for k in node.keywords if k.arg in ("name", "scope")]
    return given[0].value if given and isinstance(given[0], ast.Constant) and isinstance(given[0].value, str) else None


def _joined(found: list[Value]) -> Value | None:
    """The sum of two lists."""
    if all(isinstance(v, Sequence) for v in found):
        return Sequence(tuple(item for v in found for item in v.items))  # type: ignore[attr-defined]
    if any(isinstance(v, (Sequence, Series)) for v in found) and all(isinstance(v, (Sequence, Series)) for v in found):
        return Series(methods.item_of(found[0]))
    return None


def _arguments(node: ast.FunctionDef | ast.Lambda) -> list[ast.arg]:
    a = node.args
    return [*a.posonlyargs, *a.args, *a.kwonlyargs, *([a.vararg] if a.vararg else []), *([a.kwarg] if a.kwarg else [])]
