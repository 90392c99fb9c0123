"""Put whole statements into a module's text, or take them out, in the layout that is there."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from .findings import Edit
from .module import Module
from .scopes import ImportStatement
from .source import newline_of


def is_inline(module: Module, node: ast.stmt) -> bool:
    """Whether other code shares the statement's first or last line (``try: import x``, ``a; b``)."""
    start, end = module.span(node)
    line_start, _ = module.line_span(start)
    _, rest_end = module.line_span(max(start, end - 1))
    rest = module.text[end:rest_end].strip()
    return bool(module.text[line_start:start].strip()) or (bool(rest) and not rest.startswith(b"#"))


def indent_of(module: Module, node: ast.stmt) -> str:
    """White space in front of the statement's first line."""
    start, _ = module.span(node)
    line_start, _ = module.line_span(start)
    line = module.text[line_start:start]
    return line[: len(line) - len(line.lstrip())].decode()


def join(module: Module, node: ast.stmt, lines: Sequence[str]) -> str:
    """Statements as one text that can stand where ``node`` stands."""
    if is_inline(module, node):
        return "; ".join(lines)
    return (newline_of(module.text).decode() + indent_of(module, node)).join(lines)


def insert_after(module: Module, node: ast.stmt, lines: Sequence[str]) -> Edit:
    """New statements directly behind ``node``, on lines of their own where ``node`` has one."""
    _, end = module.span(node)
    if is_inline(module, node):
        return Edit(end, end, ("; " + "; ".join(lines)).encode())
    _, line_end = module.line_span(max(0, end - 1))
    content_end = line_end - (len(module.text[:line_end]) - len(module.text[:line_end].rstrip(b"\r\n")))
    content_end = max(content_end, end)
    newline = newline_of(module.text).decode()
    indent = indent_of(module, node)
    return Edit(content_end, content_end, "".join(newline + indent + line for line in lines).encode())


def insert_before(module: Module, node: ast.stmt, lines: Sequence[str]) -> Edit:
    """New statements directly in front of ``node`` (and its decorators), at its indentation."""
    decorators = getattr(node, "decorator_list", [])
    start = module.span(decorators[0])[0] if decorators else module.span(node)[0]
    start = module.text.rindex(b"@", 0, start) if decorators else start
    line_start, _ = module.line_span(start)
    if module.text[line_start:start].strip():
        return Edit(start, start, ("; ".join(lines) + "; ").encode())
    newline = newline_of(module.text).decode()
    indent = indent_of(module, node)
    return Edit(line_start, line_start, "".join(indent + line + newline for line in lines).encode())


def top_imports(module: Module) -> list[ImportStatement]:
    """Import statements of the module body, in order."""
    return [s for s in module.tree.body if isinstance(s, ast.Import | ast.ImportFrom)]


def place(module: Module, statements: Iterable[str], edits: Sequence[Edit] = ()) -> list[Edit]:
    """Edits that add import statements which the module does not have yet, to be applied together with ``edits``.

    They go behind the first top-level import of TensorFlow (in front of it if ``edits`` take it away), else behind the last import of
    the header, else behind docstring and ``from __future__`` lines.
    """
    lines = [s for s in dict.fromkeys(statements) if not _has(module, s)]
    if not lines:
        return []
    imports = top_imports(module)
    anchor = next((s for s in imports if _names_tensorflow(s)), None)
    if anchor is None:
        header = [s for s in _header(module) if isinstance(s, ast.Import | ast.ImportFrom)]
        anchor = header[-1] if header else None
    if anchor is None:
        return [at_top(module, lines)]
    behind = insert_after(module, anchor, lines)
    if any(e.start < behind.start < e.end for e in edits):
        return [insert_before(module, anchor, lines)]
    return [behind]


def at_top(module: Module, lines: Sequence[str]) -> Edit:
    """New statements in front of the first one that is neither docstring nor ``from __future__``."""
    body = module.tree.body
    for statement in body:
        if not is_docstring(statement, body) and not _is_future(statement):
            return insert_before(module, statement, lines)
    newline = newline_of(module.text).decode()
    if body:
        return insert_after(module, body[-1], lines)
    return Edit(len(module.text), len(module.text), "".join(line + newline for line in lines).encode())


def is_docstring(statement: ast.stmt, body: Sequence[ast.stmt]) -> bool:
    """Whether a statement is the docstring of its block."""
    return (
        statement is body[0]
        and isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def _is_future(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__"


def _header(module: Module) -> list[ast.stmt]:
    """The statements up to the first one that is neither an import nor a docstring."""
    found = []
    for statement in module.tree.body:
        if not isinstance(statement, ast.Import | ast.ImportFrom) and not is_docstring(statement, module.tree.body):
            break
        found.append(statement)
    return found


def _names_tensorflow(statement: ImportStatement) -> bool:
    if isinstance(statement, ast.Import):
        return any(a.name.split(".")[0] == "tensorflow" for a in statement.names)
    return (statement.module or "").split(".")[0] == "tensorflow"


def _has(module: Module, statement: str) -> bool:
    """Whether the module already binds at top level what ``statement`` would bind."""
    wanted = Module("", statement.encode()).imports[0]
    return any(i.local == wanted.local and i.target == wanted.target and i.top_level for i in module.imports)
