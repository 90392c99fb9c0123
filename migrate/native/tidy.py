"""What lifting leaves of functions that built a part of the graph and a person would not write: names for state, parameters for scopes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..edits import apply
from ..findings import Edit
from .context import Context

_FEW = 2  # reads of a name for state that are worth no line of their own
_LOOKS_AROUND = frozenset({"locals", "vars", "eval", "exec", "globals"})
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def tidied(text: str, context: Context, alone: bool) -> str:
    """The text of a lifted module without such lines, and without such parameters where no other module (``alone``) may give them."""
    text = _Tidier(text, context).without_names()
    return _Tidier(text, context).without_parameters() if alone else text


@dataclass(slots=True)
class _Tidier:
    """One pass over a text."""

    text: str
    context: Context
    tree: ast.Module = field(init=False)
    raw: bytes = field(init=False)
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.raw = self.text.encode()
        self.tree = ast.parse(self.raw)
        self.starts = [0]
        for line in self.raw.split(b"\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)

    # -- names for state -----------------------------------------------------------------------------------------

    def without_names(self) -> str:
        """``w = self.w`` goes where ``w`` is read once or twice, and these read ``self.w``."""
        places = set(self.context.placed.values())
        if not places:
            return self.text
        own = {ast.unparse(n) for n in ast.walk(self.context.module.tree) if isinstance(n, ast.Assign)}
        edits: list[Edit] = []
        for function in [n for n in ast.walk(self.tree) if isinstance(n, _Function)]:
            for body in _bodies(function):
                found = [s for s in body if self._is_name_for(s, places) and ast.unparse(s) not in own]
                reads = {s: self._reads(function, s) for s in found if isinstance(s, ast.Assign)}
                gone = [s for s, names in reads.items() if names is not None]
                if len(gone) < len(body):
                    edits += [e for s in gone for e in self._inlined(s, reads[s] or [])]
        return apply(self.raw, sorted(edits, key=lambda e: e.start)).decode()

    def _is_name_for(self, statement: ast.stmt, places: set[str]) -> bool:
        if not isinstance(statement, ast.Assign) or not isinstance(statement.value, (ast.Name, ast.Attribute)):
            return False
        target = statement.targets[0]
        alone = len(statement.targets) == 1 and isinstance(target, ast.Name) and self._has_own_line(statement)
        return alone and ast.unparse(statement.value) in places

    def _has_own_line(self, statement: ast.stmt) -> bool:
        """Whether nothing else is on the line of a statement, and no comment above it is about it."""
        if statement.lineno != statement.end_lineno:
            return False
        lines = self.text.split("\n")
        line = lines[statement.lineno - 1].encode()
        above = lines[statement.lineno - 2].strip() if statement.lineno > 1 else ""
        around = line[: statement.col_offset].strip() + line[statement.end_col_offset :].strip()
        return not around and not above.startswith("#")

    def _reads(self, function: _Function, statement: ast.Assign) -> list[ast.Name] | None:
        """Where the name is read; None when it has to stay."""
        target = statement.targets[0]
        assert isinstance(target, ast.Name)
        nodes = list(ast.walk(function))
        named = [n for n in nodes if isinstance(n, ast.Name) and n.id == target.id]
        reads = [n for n in named if isinstance(n.ctx, ast.Load)]
        root = next(n.id for n in ast.walk(statement.value) if isinstance(n, ast.Name))
        formatted = {n for f in nodes if isinstance(f, ast.JoinedStr) for n in ast.walk(f)}
        written = {ast.unparse(n) for n in nodes if _is_written(n)}
        around = any(isinstance(n, ast.Name) and n.id in _LOOKS_AROUND for n in nodes)
        elsewhere = formatted | {n for d in nodes if isinstance(d, _SCOPES) and d is not function for n in ast.walk(d)}
        if len(named) != len(reads) + 1 or len(reads) > _FEW or around or elsewhere & set(named):
            return None
        if target.id in _bound_otherwise(nodes) or {root, ast.unparse(statement.value)} & written:
            return None
        return reads

    def _inlined(self, statement: ast.Assign, reads: list[ast.Name]) -> Iterator[Edit]:
        first, last = statement.lineno, statement.lineno + 1
        lines = self.text.split("\n")
        if not lines[first - 2].strip() or lines[first - 2].rstrip().endswith(":"):  # no blank lines that are too many
            while last <= len(lines) and not lines[last - 1].strip():
                last += 1
        yield Edit(self.starts[first - 1], self.starts[last - 1], b"")
        for name in reads:
            yield Edit(*self._span(name), ast.unparse(statement.value).encode())

    def _span(self, node: ast.expr | ast.arg | ast.keyword) -> tuple[int, int]:
        end = self.starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        return self.starts[node.lineno - 1] + node.col_offset, end

    # -- parameters for scopes -----------------------------------------------------------------------------------

    def without_parameters(self) -> str:
        """``reuse`` goes where the function read it, does not any more, and all its calls can be seen."""
        before = {n.name: n for n in self.context.module.tree.body if isinstance(n, ast.FunctionDef)}
        edits: list[Edit] = []
        for function in [n for n in self.tree.body if isinstance(n, ast.FunctionDef) and n.name in before]:
            calls = self._calls(function)
            if not calls or function.decorator_list or function.args.vararg or function.args.kwarg:
                continue
            gone = _read(before[function.name]) - _read(function)
            names = [a.arg for a in function.args.args if a.arg in gone]
            given = [a for c in calls for a in _given(c, function, names)] + _defaults(function, names)
            if names and all(_is_plain(a) for a in given):
                edits += self._dropped(function, calls, names)
        if any(b"#" in self.raw[e.start : e.end] for e in edits):
            return self.text
        new = apply(self.raw, sorted(edits, key=lambda e: e.start)).decode()
        try:
            ast.parse(new)
        except SyntaxError:  # parentheses around an argument, a comma behind the last one
            return self.text
        return new

    def _calls(self, function: ast.FunctionDef) -> list[ast.Call]:
        """All calls of a function; none when it is used otherwise, too."""
        nodes = list(ast.walk(self.tree))
        calls = [n for n in nodes if isinstance(n, ast.Call) and _is(n.func, function.name)]
        uses = [n for n in nodes if _is(n, function.name)]
        starred = any(isinstance(a, ast.Starred) for c in calls for a in c.args) or any(
            k.arg is None for c in calls for k in c.keywords
        )
        inside = any(c is d for c in calls for e in calls if c is not e for d in ast.walk(e))
        defined = sum(isinstance(n, (*_DEFINITIONS,)) and n.name == function.name for n in nodes)
        return [] if len(uses) != len(calls) or starred or inside or defined != 1 else calls

    def _dropped(self, function: ast.FunctionDef, calls: list[ast.Call], names: list[str]) -> Iterator[Edit]:
        arguments = function.args
        start = len(arguments.args) - len(arguments.defaults)
        spans = []
        for i, each in enumerate(arguments.args):
            end = self._span(arguments.defaults[i - start] if i >= start else each)[1]
            spans.append((each.arg in names, self._span(each)[0], end))
        for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
            spans.append((False, self._span(each)[0], self._span(default or each)[1]))
        if arguments.kwonlyargs and all(gone for gone, *_ in spans[: len(arguments.args)]):
            return
        yield from self._shortened(spans)
        for call in calls:
            dropped = _given(call, function, names)
            given = [(a in dropped, *self._span(a)) for a in call.args]
            given += [(k.value in dropped, *self._span(k)) for k in call.keywords]
            yield from self._shortened(sorted(given, key=lambda g: g[1]))

    def _shortened(self, spans: list[tuple[bool, int, int]]) -> Iterator[Edit]:
        """Without those that go, each with the comma that parts it from the one in front of it, the first ones from what follows."""
        kept = [i for i, (gone, _, _) in enumerate(spans) if not gone]
        for i, (gone, start, end) in enumerate(spans):
            if not gone:
                continue
            if kept and i > kept[0]:
                yield Edit(spans[i - 1][2], end, b"")
            else:
                yield Edit(start, spans[i + 1][1] if i + 1 < len(spans) else end, b"")


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_SCOPES = (*_DEFINITIONS, ast.Lambda)


def _bodies(function: _Function) -> Iterator[list[ast.stmt]]:
    """The blocks of a function, without those of functions and classes in it."""
    todo: list[ast.AST] = [function]
    while todo:
        node = todo.pop()
        for name in ("body", "orelse", "finalbody", "handlers"):
            block = getattr(node, name, None)
            if not isinstance(block, list):
                continue
            if name != "handlers":
                yield block
            todo += [n for n in block if not isinstance(n, _DEFINITIONS)]


def _is_written(node: ast.AST) -> bool:
    return isinstance(node, (ast.Name, ast.Attribute)) and not isinstance(node.ctx, ast.Load)


def _bound_otherwise(nodes: list[ast.AST]) -> set[str]:
    """Names that are bound by something else than an assignment."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, (*_DEFINITIONS, ast.ExceptHandler)):
            found.add(node.name or "")
        elif isinstance(node, ast.alias):
            found.add(node.asname or node.name)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            found |= set(node.names)
    return found


def _read(function: ast.FunctionDef) -> set[str]:
    """Names that are read in a function."""
    return {n.id for s in function.body for n in ast.walk(s) if isinstance(n, ast.Name)}


def _is(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _is_plain(node: ast.expr) -> bool:
    """Whether an argument can be left out: computing it has no effect and cannot fail."""
    return isinstance(node, (ast.Constant, ast.Name))


def _defaults(function: ast.FunctionDef, names: list[str]) -> list[ast.expr]:
    """The defaults of these parameters."""
    arguments = function.args
    with_default = arguments.args[len(arguments.args) - len(arguments.defaults) :]
    return [d for a, d in zip(with_default, arguments.defaults, strict=True) if a.arg in names]


def _given(call: ast.Call, function: ast.FunctionDef, names: list[str]) -> list[ast.expr]:
    """What a call gives for these parameters."""
    found = [a for a, p in zip(call.args, function.args.args, strict=False) if p.arg in names]
    return found + [k.value for k in call.keywords if k.arg in names]
