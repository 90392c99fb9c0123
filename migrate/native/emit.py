"""Puts a region together again: what stays, what was made of runs, and the functions in front of the first run."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

from . import building, classes, dead, handed, placing
from .context import Context, Region
from .environment import key_of
from .functions import FunctionWriter
from .layout import Layout
from .plan import Function, Helper, Plan
from .refusal import Refusal
from .render import Renderer
from .runs import Runs
from .statements import Statement
from .values import is_graph


class Emitter:
    """Writes one region, and those inside it.

    Args:
      context: the module. region: what to write. plans: the plan of every region, by owner. runs: all runs.
      renderer: text of nodes outside of functions.
    """

    def __init__(
        self, context: Context, region: Region, plans: Mapping[ast.AST, Plan], runs: Runs, renderer: Renderer
    ) -> None:
        self.context, self.region, self.plans, self.runs = context, region, plans, runs
        self.renderer = renderer.within(region.renames)
        self.layout = renderer.layout
        self.comments: dict[Statement, list[str]] = {}
        self.plan = plans[region.owner]
        self.anchor = None if region.is_class else placing.anchor(region, self.plan)
        self.late = placing.late(region, self.plan, self.anchor, FunctionWriter(region, self.renderer, self.layout, {}))

    @property
    def first_use(self) -> Statement | None:
        """The statement of ``__init__`` that first runs the graph or reads variables of layers."""
        if not self.region.is_class:
            return None
        init = next((s for s in self.region.body if self._is_init(s)), None)
        return building.first_in_init(init.children) if init is not None else None

    def _ready(self, column: int) -> list[str]:
        """In ``__init__``, what must be done before the first run."""
        writer = FunctionWriter(self.region, self.renderer, self.layout, {})
        wrapped = [line for f in self.plan.functions if writer.is_wrapped(f) for line in writer.wrapping(f, column)]
        return wrapped + self._traces(column)

    def _traces(self, column: int) -> list[str]:
        """Calls that make the variables of layers before anybody asks for them."""
        own = "self." if self.region.is_class else ""
        lines = [
            f"{own}{f.name}.get_concrete_function()  # layers make their variables at the first call"
            for f in self.plan.traced
        ]
        return [" " * column + line for line in lines]

    def body(self, statements: list[Statement], first: int, last: int, column: int) -> list[str]:
        """The lines of a block that lay between two lines (exclusive) of the original, at a new column."""
        lines: list[str] = []
        at = first
        for statement in statements:
            begin, end = self.layout.first(statement.node), self.layout.last(statement.node)
            comments = self.layout.comments(at, begin) if begin > at else []
            at = max(at, end)
            kept, comments = self.layout.bordered(comments)
            lines += _at(kept, column)
            if statement is self.anchor:
                made = self._functions(column)
                lines += made[1:] if column and lines and not lines[-1] else made
            if statement in self.late:
                lines += [*self._functions_of([], self.late[statement], column), *_gap(column)]
            if statement is self.first_use:
                lines += self._ready(column)
            lines += self._one(statement, comments, column)
        lines += _at(self.layout.comments(at, last), column)
        return lines

    def _one(self, statement: Statement, comments: list[str], column: int) -> list[str]:
        if statement.moves:
            self.comments.setdefault(statement, [c for c in comments if c])
            made = self._created(statement, column)
            if made:
                self.comments[statement] = []
                return [*_at(comments, column), *made]
            return [""] if comments and not comments[0] else []
        if statement.node in self.context.inlined and self.region.is_class:
            return []
        if statement.kind == "dropped" or statement.node in self.context.inlined:
            return [""] if comments and not comments[0] else []
        above = _at(comments, column)
        if statement.aliases and statement.created:
            return above + self._created(statement, column)
        if statement.node in self.context.classes:
            return [] if self.region.is_class else above + self._network(statement.node, column)
        if statement.kind == "open":
            return above + self._open(statement, column)
        if statement.kind == "inlined":
            return above + self._inlined(statement, column)
        if statement.kind == "region":
            return above + self._region(statement, column)
        if statement.kind == "block":
            return above + self._block(statement, column)
        return above + self._created(statement, column) + self._simple(statement, column)

    def _created(self, statement: Statement, column: int) -> list[str]:
        texts = [(c.name, c.text(self.renderer)) for c in statement.created]
        for _, text in texts:
            self._outside(statement, text)
        return [" " * column + f"{name} = {text}" for name, text in texts]

    def _outside(self, statement: Statement, text: str) -> None:
        """What is made once must not be made of tensors, which there are only inside of functions."""
        for node in ast.walk(ast.parse(text)):
            key = key_of(node) if isinstance(node, (ast.Name, ast.Attribute)) else None
            binding = self.region.environment.find(key) if key is not None else None
            if binding is not None and is_graph(binding.value):
                raise Refusal(statement.node, f"a layer or a variable is made of `{key}`, a tensor")

    def _simple(self, statement: Statement, column: int) -> list[str]:
        text = self.runs.statement(statement, self.renderer) or dead.without(self.renderer.text(statement.node))
        node = statement.node
        lines = self.layout.shift(text, node.lineno, node.col_offset, column)
        if not (len(lines) == 1 and not lines[0].strip()):
            lines[-1] += self.layout.tail(node)
        decorators = [" " * column + "@" + self.renderer.text(d) for d in getattr(node, "decorator_list", [])]
        return decorators + lines

    def _open(self, statement: Statement, column: int) -> list[str]:
        node = statement.node
        assert isinstance(node, ast.With)
        return self.body(statement.children, node.body[0].lineno - 1, self.layout.last(node) + 1, column)

    def _network(self, node: ast.AST, column: int) -> list[str]:
        """A function that became a class."""
        assert isinstance(node, ast.FunctionDef)
        unit = self.layout.unit
        lines = classes.header(self.context.classes[node], self.renderer, unit)
        at = _header_end(node, node.body)
        for inner in node.body:
            comments = self.layout.comments(at, inner.lineno) if inner.lineno > at else []
            at = self.layout.last(inner)
            if inner is node.body[0] and ast.get_docstring(node) is not None:
                continue
            if inner in self.context.dead:
                continue
            lines += _at(comments, 2 * unit)
            text = dead.without(self.renderer.text(inner))
            lines += self.layout.shift(text, inner.lineno, inner.col_offset, 2 * unit)
            lines[-1] += self.layout.tail(inner)
        return [" " * column + line if line.strip() else "" for line in lines]

    def _inlined(self, statement: Statement, column: int) -> list[str]:
        """The statements of a function that was put where it was called."""
        if not statement.children:
            return []
        first, last = statement.children[0].node, statement.children[-1].node
        return self.body(statement.children, self.layout.first(first) - 1, self.layout.last(last) + 1, column)

    def _region(self, statement: Statement, column: int) -> list[str]:
        """A function or a class that builds a graph of its own."""
        node = statement.node
        assert isinstance(node, (ast.FunctionDef, ast.ClassDef))
        region = self.context.regions[node]
        inner = Emitter(self.context, region, self.plans, self.runs, self.renderer)
        lines = self._header(node, column)
        first = _header_end(node, node.body)
        if isinstance(node, ast.ClassDef):
            networks = [inner._network(n, column) for n in node.body if n in self.context.classes]
            lines = [line for network in networks for line in [*network, "", ""]] + lines
            return lines + inner.class_body(first, column + self.layout.unit)
        return lines + inner.body(region.body, first, self.layout.last(node) + 1, column + self.layout.unit)

    def class_body(self, first: int, column: int) -> list[str]:
        """The methods of a class; functions that replace runs follow ``__init__``."""
        lines: list[str] = []
        at, whole = first, self.renderer
        for statement in self.region.body:
            begin = self.layout.first(statement.node)
            comments = self.layout.comments(at, begin) if begin > at else []
            at = self.layout.last(statement.node)
            self.renderer = whole if self._is_init(statement) else whole.hiding(_bound_in(statement.node))
            lines += self._one(statement, comments, column)
            self.renderer = whole
            if isinstance(statement.node, ast.FunctionDef) and statement.node.name == "__init__":
                lines += self._functions(column)
        return self._needed(lines)

    def _needed(self, lines: list[str]) -> list[str]:
        """The lines of a class without parameters that are kept for what is now made in ``__init__``."""
        for name in self.plan.kept_parameters:
            reading = [n for n, line in enumerate(lines) if re.search(rf"\bself\.{name}\b", line)]
            if len(reading) == 1 and lines[reading[0]].strip() == f"self.{name} = {name}":
                del lines[reading[0]]
        return lines

    def _block(self, statement: Statement, column: int) -> list[str]:
        """A block that stays: its headers as they were, its statements as they became."""
        lines: list[str] = []
        inner = column + self.layout.unit
        for header, body, end in _parts(statement.node, self.layout):
            children = [c for c in statement.children if c.node in body]
            lines += self._header(header, column)
            start = self.layout.first(body[0])
            header_last = _header_end(header, body)
            made = self._kept(statement, inner) + self.body(children, header_last, end + 1, inner)
            if self._is_init(statement) and self.first_use is None:
                made += self._ready(inner)
            if start == header_last and not any(x.strip() for x in made):
                made = []
            lines += made if any(x.strip() and not x.strip().startswith("#") for x in made) else [" " * inner + "pass"]
        return lines

    def _kept(self, statement: Statement, column: int) -> list[str]:
        """Parameters of ``__init__`` that functions read, kept as attributes."""
        if not self._is_init(statement):
            return []
        return [" " * column + f"self.{name} = {name}" for name in self.plan.kept_parameters]

    def _is_init(self, statement: Statement) -> bool:
        node = statement.node
        return self.region.is_class and isinstance(node, ast.FunctionDef) and node.name == "__init__"

    def _header(self, header: ast.AST | str, column: int) -> list[str]:
        if isinstance(header, str):
            return [" " * column + header]
        node = header
        module = self.renderer.context.module
        body = node.body  # type: ignore[attr-defined]
        start, _ = module.span(node)
        end = module.span(body[0])[0]
        decorators = [" " * column + "@" + self.renderer.text(d) for d in getattr(node, "decorator_list", [])]
        text = module.text[start:end].decode().rstrip()
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.expr, ast.arguments)) and child not in body:
                changed = self.renderer.text(child) if isinstance(child, ast.expr) else ""
                if changed and changed != module.slice(child).decode():
                    text = text.replace(module.slice(child).decode(), changed, 1)
        text = handed.header(self.context, node, text)
        text = "\n".join(line for line in text.split("\n") if not line.strip().startswith("#"))
        return decorators + self.layout.shift(text, node.lineno, node.col_offset, column)  # type: ignore[attr-defined]

    # -- functions -----------------------------------------------------------------------------------------------
    def _functions(self, column: int) -> list[str]:
        for statement in self.region.statements:
            if statement.moves and statement not in self.comments:
                self.comments[statement] = self._comments_of(statement)
        delayed = {f for late in self.late.values() for f in late}
        lines = self._functions_of(self.plan.helpers, [f for f in self.plan.functions if f not in delayed], column)
        if self.region.is_class:
            return lines
        traces = self._traces(column)
        return [*lines, *_gap(column), *traces] if lines else []

    def _functions_of(self, helpers: list[Helper], functions: list[Function], column: int) -> list[str]:
        own = {s.path: s.path for s in self.region.states if s.path.startswith("self.")}  # not `model.W`
        writer = FunctionWriter(
            self.region, self.renderer.within({**own, **self.plan.renames}), self.layout, self.comments
        )
        gap, lines = _gap(column), list[str]()
        for helper in helpers:
            lines += [*gap, *writer.helper(helper, column)]
        for function in functions:
            lines += [*gap, *writer.function(function, column)]
        return lines

    def _comments_of(self, statement: Statement) -> list[str]:
        """Comments directly above a statement that comes later."""
        line = self.layout.first(statement.node) - 1
        found: list[str] = []
        while line > 0 and self.layout.lines[line - 1].strip().startswith("#"):
            found.insert(0, self.layout.lines[line - 1].strip())
            line -= 1
        return self.layout.bordered(found)[1]


def _parts(node: ast.stmt, layout: Layout) -> list[tuple[ast.AST | str, list[ast.stmt], int]]:
    """Header, statements and last line of each branch of a block."""
    end = layout.last(node)
    body: list[ast.stmt] = node.body  # type: ignore[attr-defined]
    found: list[tuple[ast.AST | str, list[ast.stmt]]] = [(node if not isinstance(node, ast.Try) else "try:", body)]
    for handler in getattr(node, "handlers", []):
        found.append((handler, handler.body))
    if getattr(node, "orelse", []):
        orelse: list[ast.stmt] = node.orelse  # type: ignore[attr-defined]
        found.append(("else:", orelse))
    if getattr(node, "finalbody", []):
        found.append(("finally:", node.finalbody))  # type: ignore[attr-defined]
    parts = []
    for i, (header, statements) in enumerate(found):
        stop = layout.last(statements[-1]) if i + 1 < len(found) else end
        parts.append((header, statements, stop))
    return parts


def _header_end(header: ast.AST | str, body: list[ast.stmt]) -> int:
    """The last line of a header."""
    if isinstance(header, str):
        return body[0].lineno - 1
    inner = [n for n in ast.walk(header) if isinstance(n, ast.expr) and n.lineno < body[0].lineno]
    lines: list[int] = [header.lineno, *(n.end_lineno or 0 for n in inner)]  # type: ignore[attr-defined]
    return min(max(lines), body[0].lineno)


def _bound_in(node: ast.AST) -> set[str]:
    """Names that a method has for itself, whatever ``__init__`` calls so."""
    stored = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return stored | {a.arg for a in ast.walk(node) if isinstance(a, ast.arg)}


def _gap(column: int) -> list[str]:
    """The lines between functions."""
    return [""] if column else ["", ""]


def _at(comments: list[str], column: int) -> list[str]:
    return [" " * column + c if c else "" for c in comments]
