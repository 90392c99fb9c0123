"""What the analysis of one module knows and shares between its parts."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..module import Module
from ..symbols import name_of
from .environment import Binding, Environment
from .needs import Need, prefix
from .refusal import Refusal
from .scopenames import ScopeNames
from .statements import Site, Statement
from .values import State, Value

if TYPE_CHECKING:
    from .families.losses import Collected
    from .handed import Calls
    from .objects import Made


_OPS = "tf.python.framework.ops."  # the module that tf.reset_default_graph and others are written in


@dataclass(slots=True)
class VariableScope:
    """An open ``tf.variable_scope``: its name, whether it reuses, and what it gives to ``get_variable``."""

    name: str
    reuse: bool = False
    initializer: ast.expr | None = None
    regularizer: ast.expr | None = None


@dataclass(slots=True)
class Region:
    """One block of code that builds a graph and the runs of that graph.

    Attributes:
      owner: the module, function or class. body: its statements, outermost ones only. statements: all, in reading order.
      states: variables and layers in the order of creation. metrics: what counts batches. taken: names that new ones must not have.
      renames: names that are called otherwise after lifting (locals of ``__init__`` that become attributes).
      names: names of operations, for tags. summaries: statements whose summaries `merge_all` finds.
      methods: methods of a class by name. pending: state that was made inside functions.
      updates: whether UPDATE_OPS is read. names_read: where names of variables are.
      locals: what the names of ``__init__`` stood for at its end.
      objects: of classes that build a graph, made here. collects: whether lists of all variables are made here.
      gathered: whether they are made around this class. lent: runs of its tensors for functions around this class.
    """

    owner: ast.Module | ast.FunctionDef | ast.ClassDef
    environment: Environment
    body: list[Statement] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    metrics: list[State] = field(default_factory=list)
    scopes: list[VariableScope] = field(default_factory=list)
    layer_names: dict[str, int] = field(default_factory=dict)
    losses: list[Collected] = field(default_factory=list)
    arg_scopes: list[Mapping[str, Mapping[str, ast.expr]]] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    by_scope: dict[str, State] = field(default_factory=dict)
    renames: dict[str, str] = field(default_factory=dict)
    methods: dict[str, ast.FunctionDef] = field(default_factory=dict)
    names: ScopeNames = field(default_factory=ScopeNames)
    summaries: list[Statement] = field(default_factory=list)
    pending: list[Any] = field(default_factory=list)
    updates: bool = False
    names_read: list[ast.AST] = field(default_factory=list)
    locals: dict[str, Binding] = field(default_factory=dict)
    objects: list[Made] = field(default_factory=list)
    collects: bool = False
    gathered: bool = False
    lent: list[Site] = field(default_factory=list)

    @property
    def is_class(self) -> bool:
        """Whether functions become methods."""
        return isinstance(self.owner, ast.ClassDef)

    @property
    def prefix(self) -> str:
        """The variable scope that is open, with a slash at its end."""
        return "".join(f"{s.name}/" for s in self.scopes if s.name)

    def is_own_attribute(self, key: str, stack: list[ast.AST]) -> bool:
        """Whether a method among the functions that are being read reads an attribute of its object."""
        return key.startswith("self.") and any(m in stack for m in self.methods.values())

    def fresh(self, wanted: str) -> str:
        """``wanted``, or ``wanted`` with a number, so that it is nobody else's name."""
        name, number = wanted, 1
        while name in self.taken:
            name, number = f"{wanted}_{number}", number + 1
        self.taken.add(name)
        return name


class Context:
    """One module under analysis: full names of its expressions, and replacements of its nodes."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.full: dict[ast.AST, str] = {}
        for use in module.uses:
            found = name_of(use.full)
            if found is not None:
                self.full[use.node] = ".".join([found.name, *found.attributes])
            elif use.full.startswith("tensorflow"):
                self.full[use.node] = use.full
        self.base: dict[ast.AST, str] = {u.node: u.base_full for u in module.uses}
        self.needs: set[Need] = set()  # what the new text imports
        self.tags: dict[ast.AST, str] = {}  # tags of summaries inside functions
        self.savers: dict[ast.AST, Any] = {}  # Savers by the call that makes them
        self.reads_checkpoint_state = False  # whether the program looks up its latest checkpoint
        self.replacements: dict[ast.AST, Callable[..., str]] = {}
        self.running: set[ast.AST] = set()  # functions that run a graph; calling them builds nothing
        self.read_functions: set[ast.AST] = set()  # functions that were read at one of their calls
        self.sparse: set[ast.AST] = set()  # what is fed to sparse placeholders
        self.dead: set[ast.AST] = set()  # assignments that nothing reads any more
        self.handed: dict[ast.AST, Calls] = {}  # what functions that run the graph are given
        self.inlined: set[ast.AST] = set()  # functions whose statements were put where they are called
        self.regions: dict[ast.AST, Region] = {}
        self.placed: dict[ast.AST, str] = {}  # calls that make state inside functions: where that state lies
        self.classes: dict[ast.AST, Any] = {}  # functions that become classes
        self.imported: dict[str, set[str]] = {}  # what joined modules call each other's names, and nothing else
        for node, name in self.full.items():
            if name.startswith(_OPS):
                self.full[node] = f"tf.{name.removeprefix(_OPS)}"
        # whether the program runs without graphs, so that tensors are plain values
        self.eager = "tf.enable_eager_execution" in self.full.values()
        self.known: dict[ast.AST, Value] = {}  # nodes that lifting made, and what they stand for
        self.settled: set[ast.AST] = set()  # calls of layers that lifting made, which have all their arguments
        self.scoped: dict[ast.AST, ast.Call] = {}  # what calls of layers are with the arguments of their arg_scope
        self.parents: dict[ast.AST, ast.AST] = {}
        for node in ast.walk(module.tree):
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node
        self.prefix = prefix(module)
        self.quote = '"' if module.text.count(b'"') > module.text.count(b"'") else "'"

    def base_name(self, node: ast.expr) -> str:
        """What the first name of an attribute chain stands for ("tf.flags" in ``f.DEFINE_string`` after ``f = tf.flags``)."""
        full = self.base.get(node, "")
        found = name_of(full)
        return ".".join([found.name, *found.attributes]) if found is not None else full

    def tf_name(self, node: ast.expr) -> str | None:
        """The TensorFlow 1 name ("tf.nn.relu") that an expression stands for."""
        return self.full.get(node)

    def quoted(self, text: str) -> str:
        """A string literal as this program writes them."""
        return repr(text) if self.quote == "'" else f'"{text}"'

    def source(self, node: ast.AST) -> str:
        """The original text of a node."""
        return self.module.slice(node).decode()


def literal(node: ast.expr | None) -> object:
    """The value of a literal expression.

    Raises:
      Refusal: it is not a literal.
    """
    if node is None:
        return None
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError):
        raise Refusal(node, "this must be a literal to be known before the program runs") from None
