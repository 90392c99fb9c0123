"""Puts a region together again: what stays, what was made of runs, and the functions in front of the first run."""

from __future__ import annotations

import ast

from .context import Region
from .functions import FunctionWriter, parameter
from .layout import Layout, squeezed
from .plan import Function, Plan, needs_function
from .refusal import Refusal
from .render import Renderer
from .statements import Fetch, Site, Statement

_VALUES = ("tensor", "value", "nest", "state")


class Emitter:
    """Writes one region.

    Args:
      region, plan: what was found. renderer: text of nodes. layout: lines of the module.
    """

    def __init__(self, region: Region, plan: Plan, renderer: Renderer, layout: Layout) -> None:
        self.region, self.plan, self.renderer, self.layout = region, plan, renderer, layout
        self.comments: dict[Statement, list[str]] = {}
        self.sites = {id(s.statement): [] for s in region.sites}  # type: dict[int, list[Site]]
        for site in region.sites:
            self.sites[id(site.statement)].append(site)
        self.anchor = _anchor(region)
        for site in region.sites:
            self._replace_site(site)

    def body(self, statements: list[Statement], first: int, last: int, column: int) -> list[str]:
        """The lines of a block that lay between two lines (exclusive) of the original, at a new column."""
        lines: list[str] = []
        at = first
        for statement in statements:
            begin, end = self.layout.first(statement.node), self.layout.last(statement.node)
            comments = self.layout.comments(at, begin) if begin > at else []
            at = max(at, end)
            if statement is self.anchor:
                lines += self._functions(column)
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
        if statement.kind == "dropped":
            return [""] if comments and not comments[0] else []
        above = _at(comments, column)
        if statement.kind == "open":
            return above + self._open(statement, column)
        if statement.kind == "block":
            return above + self._block(statement, column)
        return above + self._created(statement, column) + self._simple(statement, column)

    def _created(self, statement: Statement, column: int) -> list[str]:
        return [" " * column + f"{c.name} = {c.text(self.renderer)}" for c in statement.created]

    def _simple(self, statement: Statement, column: int) -> list[str]:
        text = self._site_text(statement) or self.renderer.text(statement.node)
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

    def _block(self, statement: Statement, column: int) -> list[str]:
        """A block that stays: its headers as they were, its statements as they became."""
        lines: list[str] = []
        inner = column + self.layout.unit
        for header, body, end in _parts(statement.node, self.layout):
            children = [c for c in statement.children if c.node in body]
            lines += self._header(statement, header, column)
            start = self.layout.first(body[0])
            header_last = _header_end(header, body)
            made = self.body(children, header_last, end + 1, inner)
            if start == header_last and not any(x.strip() for x in made):
                made = []
            lines += made if any(x.strip() and not x.strip().startswith("#") for x in made) else [" " * inner + "pass"]
        return lines

    def _header(self, statement: Statement, header: ast.AST | str, column: int) -> list[str]:
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
        text = "\n".join(line for line in text.split("\n") if not line.strip().startswith("#"))
        return decorators + self.layout.shift(text, node.lineno, node.col_offset, column)  # type: ignore[attr-defined]

    # -- runs ----------------------------------------------------------------------------------------------------
    def _replace_site(self, site: Site) -> None:
        self.renderer.replacements[site.node] = lambda r, site=site: self._result(site, r)  # type: ignore[index,misc]

    def _site_text(self, statement: Statement) -> str | None:
        """The text of a statement that unpacks the results of a run, or only runs."""
        node = statement.node
        for site in self.sites.get(id(statement), []):
            if isinstance(node, ast.Expr) and node.value is site.node:
                return self.call(site, self.renderer)
            if isinstance(node, ast.Assign) and node.value is site.node and len(node.targets) == 1:
                target = node.targets[0]
                if isinstance(target, (ast.Tuple, ast.List)) and isinstance(site.structure, (ast.List, ast.Tuple)):
                    return self._unpacked(site, target)
        return None

    def _unpacked(self, site: Site, target: ast.Tuple | ast.List) -> str:
        assert isinstance(site.structure, (ast.List, ast.Tuple))
        if len(target.elts) != len(site.structure.elts):
            raise Refusal(site.node, "as many names are bound as are not fetched")
        kept = []
        lost = []
        for name, fetch in zip(target.elts, site.structure.elts, strict=True):
            leaf = next((f for f in site.fetches if f.node is fetch), None)
            if leaf is None:
                raise Refusal(site.node, "lists inside what is fetched are unpacked")
            if leaf.kind in _VALUES:
                kept.append((name, leaf))
            elif not (isinstance(name, ast.Name) and name.id.startswith("_")):
                lost.append(name)
        call = self.call(site, self.renderer)
        extra = "".join(f"\n{' ' * site.statement.node.col_offset}{self.renderer.text(n)} = None" for n in lost)
        if not kept:
            return call + extra
        names = ", ".join(self.renderer.text(n) for n, _ in kept)
        return f"{names} = {self._numbers(call, [f for _, f in kept])}{extra}"

    def call(self, site: Site, renderer: Renderer) -> str:
        """The call that replaces a run, without taking numbers out of its tensors."""
        if not needs_function(site):
            values = ", ".join(renderer.text(f.node) for f in site.fetches if f.kind == "state")
            return values
        function = self.plan.by_site[id(site)]
        if site.opaque is not None:
            return f"{function.name}(**{renderer.text(site.opaque)})"
        return f"{function.name}({', '.join(self._arguments(site, function, renderer))})"

    def _arguments(self, site: Site, function: Function, renderer: Renderer) -> list[str]:
        given = [(k, renderer.text(v)) for k, v in site.feeds if k in function.parameters]
        if [k for k, _ in given] == function.parameters:
            return [text for _, text in given]
        return [f"{parameter(k)}={text}" for k, text in given]

    def _numbers(self, call: str, leaves: list[Fetch]) -> str:
        if any(f.kind == "nest" for f in leaves):
            return f"{self.renderer.tf('tf.nest.map_structure')}(lambda t: t.numpy(), {call})"
        if len(leaves) == 1:
            return f"{_atom(call)}.numpy()"
        return f"(t.numpy() for t in {_iterable(call)})"

    def _result(self, site: Site, renderer: Renderer) -> str:
        """What a run returned, as NumPy values in the same structure."""
        values = [f for f in site.fetches if f.kind in _VALUES]
        call = self.call(site, renderer)
        if not isinstance(site.structure, (ast.List, ast.Tuple)):
            if isinstance(site.structure, ast.Dict):
                raise Refusal(site.node, "a dictionary is fetched")
            return self._numbers(call, values) if values else call
        if len(values) != len(site.fetches):
            raise Refusal(site.node, "numbers and operations are fetched together and not unpacked")
        if len(values) == 1 and values[0].kind != "nest":
            return f"[{self._numbers(call, values)}]"
        if any(f.kind == "nest" for f in values):
            return self._numbers(call, values)
        return f"[t.numpy() for t in {_iterable(call)}]"

    # -- functions -----------------------------------------------------------------------------------------------
    def _functions(self, column: int) -> list[str]:
        for statement in self.region.statements:
            if statement.moves and statement not in self.comments:
                self.comments[statement] = self._comments_of(statement)
        writer = FunctionWriter(self.region, self.renderer, self.layout, self.comments)
        gap = ["", ""] if column == 0 else [""]
        lines: list[str] = []
        for helper in self.plan.helpers:
            lines += [*gap, *writer.helper(helper, column)]
        for function in self.plan.functions:
            lines += [*gap, *writer.function(function, column)]
        return [*lines, *gap] if lines else []

    def _comments_of(self, statement: Statement) -> list[str]:
        """Comments directly above a statement that comes later."""
        line, found = self.layout.first(statement.node) - 1, []
        while line > 0 and self.layout.lines[line - 1].strip().startswith("#"):
            found.insert(0, self.layout.lines[line - 1].strip())
            line -= 1
        return found


def _anchor(region: Region) -> Statement | None:
    """The statement in front of which functions are written: the first that runs the graph, outside of definitions."""
    direct = [s.statement for s in region.sites if not _in_definition(s.statement) and needs_function(s)]
    if not direct:
        movers = [s for s in region.statements if s.moves or s.kind in ("dropped", "state")]
        later = [s for s in region.body if movers and s.index > max(m.index for m in movers)]
        return later[0] if later else None
    anchor = min(direct, key=lambda s: s.index)
    while anchor.parent is not None:
        parent = anchor.parent
        before = parent.children[: parent.children.index(anchor)] if anchor in parent.children else []
        if parent.kind == "block" and not _is_main(parent):
            anchor = parent
        elif parent.kind == "open" and all(s.kind == "dropped" for s in before):
            anchor = parent
        else:
            break
    return anchor


def _is_main(statement: Statement) -> bool:
    node = statement.node
    return isinstance(node, ast.If) and isinstance(node.test, ast.Compare) and ast.unparse(node.test.left) == "__name__"


def _in_definition(statement: Statement) -> bool:
    here: Statement | None = statement
    while here is not None:
        if isinstance(here.node, ast.FunctionDef):
            return True
        here = here.parent
    return False


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
    lines = [header.lineno, *(n.end_lineno or 0 for n in inner)]  # type: ignore[attr-defined]
    return min(max(lines), body[0].lineno)


def _at(comments: list[str], column: int) -> list[str]:
    return [" " * column + c if c else "" for c in comments]


def _atom(text: str) -> str:
    """In parentheses unless a method can be called on it as it is."""
    try:
        node = ast.parse(text, mode="eval").body
    except SyntaxError:
        return f"({text})"
    return text if isinstance(node, (ast.Name, ast.Attribute, ast.Call, ast.Subscript)) else f"({text})"


def _iterable(text: str) -> str:
    try:
        node = ast.parse(text, mode="eval").body
    except SyntaxError:
        return f"({text})"
    return f"({text})" if isinstance(node, ast.Tuple) and not text.startswith("(") else text


__all__ = ["Emitter", "squeezed"]
