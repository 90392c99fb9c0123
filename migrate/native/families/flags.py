"""``tf.flags`` and ``tf.app.run``: absl's ``flags`` and ``app``.

``tf.flags`` is absl's module with two additions: older names of parameters, and parsing by itself when a flag is first read.
``tf.app.run`` is absl's, but lets unknown flags pass.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..context import Context
from ..needs import local_name
from ..refusal import Refusal
from ..structural import SPACES, argument, handles
from ..values import Dropped, Plain, Value, is_graph

if TYPE_CHECKING:
    from ..evaluate import Evaluator
    from ..render import Renderer

_FLAGS = ("tf.flags", "tf.app.flags", "tf.python.platform.flags")
_OLD_PARAMETERS = {"flag_name": "name", "default_value": "default", "docstring": "help"}


def flag_name(name: str) -> str | None:
    """What follows ``flags`` in the name of a flag or of a function that defines one; None for other names."""
    home = next((h for h in _FLAGS if name == h or name.startswith(f"{h}.")), None)
    return None if home is None else name[len(home) + 1 :]


def _flags(self: Evaluator, node: ast.expr, name: str) -> Value:
    """``tf.flags`` and everything below it."""
    rest = flag_name(name) or ""
    base = flag_name(self.context.base_name(node))
    if base is None or not base:
        flags = local_name(self.context, "absl", "flags")
        self.replacements[node] = lambda r: (
            f"{r.need('absl', 'flags', flags)}.{rest}" if rest else r.need("absl", "flags", flags)
        )
    if not rest:
        # `flags = tf.flags` says what the import says
        parent = self.context.parents.get(node)
        alone = isinstance(parent, ast.Assign) and [ast.unparse(t) for t in parent.targets] == [flags]
        return Dropped("import") if alone else Plain()
    if rest == "FLAGS":
        _parse_behind(self, node)
    return Plain()


def _flags_call(self: Evaluator, node: ast.Call, name: str) -> Value:
    """``DEFINE_…`` and methods of FLAGS."""
    if any(is_graph(v) for v in self.arguments(node)):
        raise Refusal(node, "a tensor is given to a flag")
    rest = flag_name(name) or ""
    _flags(self, node.func, name)
    if rest.startswith("DEFINE_"):
        _parse_behind(self, node)
    renamed = [k for k in node.keywords if k.arg in _OLD_PARAMETERS]
    if rest.startswith("DEFINE_") and renamed:
        for keyword in renamed:
            new = _OLD_PARAMETERS[str(keyword.arg)]
            self.replacements[keyword] = lambda r, k=keyword, n=new: f"{n}={r.text(k.value)}"
    return Plain()


def _parse_behind(self: Evaluator, node: ast.expr) -> None:
    """Where flags are read before ``app.run`` parses them, or without it, the program parses them behind the last definition."""
    context = self.context
    anchor = _parsing_place(context)
    if anchor is None or anchor in self.replacements or context.parents.get(node) is not anchor:
        return
    alias = next((s for s in _definitions(context) if isinstance(s, ast.Assign) and s.lineno <= anchor.lineno), None)
    flags, sys = local_name(context, "absl", "flags"), local_name(context, "", "sys")

    def text(r: Renderer) -> str:
        parsed = r.text(alias.targets[0]) if alias is not None else f"{r.need('absl', 'flags', flags)}.FLAGS"
        return f"{r.spliced(anchor)}\n{parsed}({r.need('', 'sys', sys)}.argv)"

    self.replacements[anchor] = text


def _parsing_place(context: Context) -> ast.stmt | None:
    """The statement behind which flags must be parsed; None where ``app.run`` does it, or nobody reads any."""
    reads = [n for n in context.full if isinstance(n, ast.Attribute) and _rest(context, n).startswith("FLAGS.")]
    early = [n for n in reads if not _in_function(context, n)]
    called = {context.full.get(n.func, "") for n in ast.walk(context.module.tree) if isinstance(n, ast.Call)}
    parsed = "tf.app.run" in called or any(flag_name(c) == "FLAGS" for c in called)
    if not reads or (not early and (parsed or not _does_something(context))):
        return None
    line = min((n.lineno for n in early), default=len(context.module.starts) + 1)
    return next((s for s in reversed(_definitions(context)) if s.lineno < line), None)


def _rest(context: Context, node: ast.expr) -> str:
    return flag_name(context.full[node]) or ""


def _in_function(context: Context, node: ast.AST) -> bool:
    here: ast.AST | None = node
    while here is not None and not isinstance(here, (ast.FunctionDef, ast.Lambda)):
        here = context.parents.get(here)
    return here is not None


def _definitions(context: Context) -> list[ast.stmt]:
    """The statements of the module that define flags or give FLAGS a name."""
    found: list[ast.stmt] = []
    for statement in context.module.tree.body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            name = flag_name(context.full.get(statement.value.func, ""))
            if name is not None and name.startswith("DEFINE_"):
                found.append(statement)
        elif isinstance(statement, ast.Assign) and flag_name(context.full.get(statement.value, "")) == "FLAGS":
            found.append(statement)
    return found


def _does_something(context: Context) -> bool:
    """Whether the module is a program: it has statements besides definitions."""
    passive = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)
    rest = [s for s in context.module.tree.body if not isinstance(s, passive) and s not in _definitions(context)]
    return any(not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant)) for s in rest)


@handles("app.run")
def _run(self: Evaluator, node: ast.Call) -> Value:
    main, argv = argument(node, 0, "main"), argument(node, 1, "argv")
    if len(node.args) > 2 or any(k.arg not in ("main", "argv") for k in node.keywords):
        raise Refusal(node, "`tf.app.run` has arguments that are not known")
    self.arguments(node)
    app = local_name(self.context, "absl", "app")

    def text(r: Renderer) -> str:
        given = ["main" if main is None or ast.unparse(main) == "None" else r.text(main)]
        if argv is not None:
            given.append(f"argv={r.text(argv)}")
        return f"{r.need('absl', 'app', app)}.run({', '.join(given)})"

    self.replacements[node] = text
    return Plain()


for _home in _FLAGS:
    SPACES[_home] = (_flags, _flags_call)
