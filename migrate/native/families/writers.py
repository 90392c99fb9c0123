"""``tf.summary.FileWriter``: a writer that the functions write to, told the step by whoever calls them."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..environment import key_of
from ..refusal import Refusal
from ..statements import Statement
from ..structural import argument, handles
from ..values import Dropped, HandMade, Plain, Ran, Value, Writer, is_graph

if TYPE_CHECKING:
    from ..evaluate import Evaluator
    from ..render import Renderer

_FILE_WRITER = ("logdir", "graph", "max_queue", "flush_secs", "graph_def", "filename_suffix", "session")


@dataclass(eq=False, slots=True)
class Write:
    """Where the summaries of a run go, and the expression of their step at the run."""

    writer: str
    step: ast.expr | None

    def step_text(self, r: Renderer) -> str:
        """The step as it is passed."""
        return "0" if self.step is None else r.text(self.step)


@handles("summary.FileWriter")
def _file_writer(self: Evaluator, node: ast.Call) -> Value:
    given = dict(zip(_FILE_WRITER, node.args, strict=False))
    given.update({str(k.arg): k.value for k in node.keywords})
    if set(given) - set(_FILE_WRITER) or "logdir" not in given or "session" in given:
        raise Refusal(node, "a FileWriter has arguments that are not lifted")
    if self.depth or self.in_loop:
        raise Refusal(node, "a FileWriter is made inside a function that builds the graph, or in a loop")
    for value in given.values():
        if is_graph(self.value(value)):
            raise Refusal(value, "a tensor is given to a FileWriter")

    def text(r: Renderer) -> str:
        parts = [r.text(given["logdir"])]
        if "max_queue" in given:
            parts.append(f"max_queue={r.text(given['max_queue'])}")
        if "flush_secs" in given:
            parts.append(f"flush_millis=1000 * {r.text(given['flush_secs'])}")
        if "filename_suffix" in given:
            parts.append(f"filename_suffix={r.text(given['filename_suffix'])}")
        return f"{r.tf('tf.summary.create_file_writer')}({', '.join(parts)})"

    self.replacements[node] = text
    return Writer("", node)


def call(self: Evaluator, node: ast.Call, writer: Writer, name: str) -> Value:
    """A method of a writer."""
    if name in ("flush", "close") and not node.args and not node.keywords:
        return Plain()
    if name == "add_graph":
        self.arguments(node)
        return Dropped("graph")
    if name == "add_summary":
        return _add_summary(self, node, writer)
    raise Refusal(node, f"`FileWriter.{name}` has no counterpart")


def _add_summary(self: Evaluator, node: ast.Call, writer: Writer) -> Value:
    summary, step = argument(node, 0, "summary"), argument(node, 1, "global_step")
    if summary is None or not isinstance(self.context.parents.get(node), ast.Expr) or self.statement is None:
        raise Refusal(node, "this way of writing a summary is not lifted")
    key = key_of(summary)
    binding = self.environment.find(key) if key is not None else None
    value = binding.value if binding is not None else self.value(summary)
    if step is not None and is_graph(self.value(step)):
        raise Refusal(step, "the step of a summary is a tensor")
    if isinstance(value, HandMade):
        return _by_hand(self, node, value, step)
    if not isinstance(value, Ran):
        raise Refusal(node, "what is written is not known to be what a run returned")
    site = value.site
    if site.write is not None:
        raise Refusal(node, "one summary is written twice")
    _reachable(self, node, writer, site)
    site.write = Write(writer.path, step)
    if key is None:
        self.replacements[node] = lambda r: r.text(summary)
        return Plain()
    _unchanged(self, node, site.statement, step)
    return Dropped("summary")


def _reachable(self: Evaluator, node: ast.Call, writer: Writer, site) -> None:  # type: ignore[no-untyped-def]
    """The function that replaces the run must be able to name the writer."""
    home = _function_around(self, writer.node)
    own = self.region.is_class and writer.path.startswith("self.")
    if site.region is not self.region or not (own or home is self.region.owner or home is None):
        raise Refusal(node, "a summary is written by a writer that the function for its run cannot reach")


def _function_around(self: Evaluator, node: ast.AST) -> ast.AST | None:
    here: ast.AST | None = node
    while here is not None and not isinstance(here, (ast.FunctionDef, ast.Lambda)):
        here = self.context.parents.get(here)
    return here


def _unchanged(self: Evaluator, node: ast.Call, run: Statement, step: ast.expr | None) -> None:
    """The step must be known already where the graph runs, which is where the summary is written from now on."""
    here = self.statement
    assert here is not None
    if run.parent is not here.parent:
        raise Refusal(node, "whether a summary is written is decided after it was computed")
    names = {key_of(n) for n in ast.walk(step)} if step is not None else set()  # type: ignore[arg-type]
    if step is not None and any(isinstance(n, ast.Call) for n in ast.walk(step)):
        raise Refusal(step, "the step of a summary is the result of a call", "bind it to a name before the run")
    for statement in self.region.statements[run.index : here.index]:
        for name in sorted(names & statement.defines, key=str):
            raise Refusal(step, f"`{name}`, the step of a summary, comes from the run that computes it, or later")


def is_never_empty(self: Evaluator, node: ast.Compare) -> bool:
    """``len(summary) > 0`` of what a run returned for summaries: they have a name each, so it holds."""
    call, other = node.left, node.comparators[0]
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "len" and call.args):
        return False
    key = key_of(call.args[0])
    binding = self.environment.find(key) if key is not None else None
    compares = len(node.ops) == 1 and isinstance(node.ops[0], ast.Gt) and isinstance(other, ast.Constant)
    return compares and other.value == 0 and binding is not None and isinstance(binding.value, Ran)  # type: ignore[attr-defined]


# -- summaries that are put together in Python -----------------------------------------------------------------------
@handles("Summary")
def _hand_made(self: Evaluator, node: ast.Call) -> Value:
    values = argument(node, 0, "value")
    if node.args or any(k.arg != "value" for k in node.keywords):
        raise Refusal(node, "a Summary has fields that are not lifted")
    if values is None:
        return HandMade([])
    if not isinstance(values, (ast.List, ast.Tuple)):
        raise Refusal(node, "the values of a Summary are not written out")
    return HandMade([_item(self, v) for v in values.elts])


def _item(self: Evaluator, node: ast.expr) -> tuple[ast.expr, ast.expr, int]:
    if not isinstance(node, ast.Call) or node.args:
        raise Refusal(node, "a value of a Summary is not written out")
    given = {k.arg: k.value for k in node.keywords}
    if set(given) != {"tag", "simple_value"}:
        raise Refusal(node, "a value of a Summary is no simple value with a tag")
    if any(is_graph(self.value(v)) for v in given.values()):
        raise Refusal(node, "a tensor of the graph is put into a Summary")
    assert self.statement is not None
    return given["tag"], given["simple_value"], self.statement.index


def add_value(self: Evaluator, node: ast.Call, summary: HandMade) -> Value:
    """``summary.value.add(tag=…, simple_value=…)``."""
    if not isinstance(node.func, ast.Attribute) or node.func.attr != "add":
        raise Refusal(node, "this use of a Summary is not lifted")
    summary.items.append(_item(self, node))
    return Dropped("summary")


def _by_hand(self: Evaluator, node: ast.Call, summary: HandMade, step: ast.expr | None) -> Value:
    here = self.statement
    assert here is not None
    for tag, value, index in summary.items:
        names = {key_of(n) for e in (tag, value) for n in ast.walk(e)}  # type: ignore[arg-type]
        for statement in self.region.statements[index + 1 : here.index]:
            if statement.parent is not here.parent or names & statement.defines:
                raise Refusal(node, "a Summary is put together in another place than where it is written")
    expression = self.context.parents[node]
    items = list(summary.items)

    def text(r: Renderer) -> str:
        pad = " " * (here.node.col_offset + r.layout.unit)
        lines = [f"{r.tf('tf.summary.scalar')}({r.text(tag)}, {r.text(value)})" for tag, value, _ in items]
        head = f"with {r.text(_receiver(node))}.as_default(step={Write('', step).step_text(r)}):"
        return "\n".join([head, *(pad + line for line in lines)])

    self.replacements[expression] = text
    return Plain()


def _receiver(node: ast.Call) -> ast.expr:
    assert isinstance(node.func, ast.Attribute)
    return node.func.value
