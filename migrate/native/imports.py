"""Import lines of a lifted module: what nothing uses any more goes, what the new text needs comes."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

from ..symbols import name_of
from . import exact
from .context import Context
from .needs import Need
from .refusal import Refusal

_LOADER = "tensorflow.examples.tutorials.mnist"


def settled(text: str, context: Context, elsewhere: frozenset[str] = frozenset()) -> str:
    """The text with its import lines in order; names in ``elsewhere`` are used by other modules.

    Raises:
      Refusal: a module that TensorFlow 2 has not is still used.
    """
    tree = ast.parse(text)
    lines = text.split("\n")
    defined = {n.name for n in tree.body if isinstance(n, (ast.FunctionDef, ast.ClassDef))} & set(exact.SOURCES)
    used, was_used = (names_used(tree) - defined) | elsewhere, names_used(context.module.tree)
    out: list[tuple[int, int, list[str]]] = []
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)) and not _is_future(node):
            kept = [a for a in (_settled(node, a, used, was_used) for a in node.names) if a is not None]
            if kept != node.names or _moved(node):
                out.append((node.lineno, node.end_lineno or node.lineno, written(node, kept, lines)))
    out += [(at, at - 1, new) for at, new in _additions(tree, context, used)]
    for first, last, new in sorted(out, key=lambda o: o[:2], reverse=True):
        lines[first - 1 : last] = new
        if not new and last >= first:
            _close_gap(lines, first - 1)
    return "\n".join(lines)


def _close_gap(lines: list[str], at: int) -> None:
    """Without two blank lines, or one at the start, where lines were taken out in front of index ``at``."""
    while at < len(lines) and not lines[at].strip() and (at == 0 or not lines[at - 1].strip()):
        del lines[at]


def names_used(tree: ast.AST) -> set[str]:
    """Names that are read, and those that ``__all__`` lists."""
    found = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Store)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            found |= {n.value for n in ast.walk(node.value) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return found


def _is_future(node: ast.Import | ast.ImportFrom) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _settled(node: ast.Import | ast.ImportFrom, alias: ast.alias, used: set[str], before: set[str]) -> ast.alias | None:
    """The alias as it stays, or None."""
    local = (alias.asname or alias.name).split(".")[0]
    full = f"{node.module}.{alias.name}" if isinstance(node, ast.ImportFrom) and not node.level else alias.name
    if alias.name == "*":
        if full.startswith("tensorflow"):
            raise Refusal(node, "everything of a module is imported by *", "import the module")
        return alias
    if full.split(".")[0] != "tensorflow" or (isinstance(node, ast.ImportFrom) and node.level):
        # what the program never used was perhaps imported for what the import does
        return (
            None if local not in used and (local in before or full.split(".")[0] in sys.stdlib_module_names) else alias
        )
    if local not in used:
        return None
    if full in ("tensorflow.compat.v1", "tensorflow.compat.v2"):
        return alias
    if _is_dead(full) and not full.startswith(_LOADER):
        raise Refusal(node, f"`{full}` is used in a way that is not lifted")
    return alias


def _is_dead(full: str) -> bool:
    found = name_of(full)
    return found is not None and full != "tensorflow" and not found.alive_in_v2


def _moved(node: ast.Import | ast.ImportFrom) -> bool:
    """Whether what is imported lies elsewhere now."""
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
    whole = [f"{node.module}.{a.name}" for a in node.names] if isinstance(node, ast.ImportFrom) else names
    return any(n.startswith("tensorflow.examples.") for n in names) or "tensorflow.compat.v1" in whole


def written(node: ast.Import | ast.ImportFrom, kept: list[ast.alias], lines: list[str]) -> list[str]:
    """The statement with these aliases, its comment kept."""
    pad = lines[node.lineno - 1][: node.col_offset]
    tail = lines[(node.end_lineno or node.lineno) - 1].encode()[node.end_col_offset or 0 :].decode().rstrip()
    if not kept:
        alone = not pad.strip() and not tail.lstrip().startswith(";")
        return [] if alone and not pad else [f"{pad}pass"] if alone else [f"{pad}pass{tail}"]
    if isinstance(node, ast.Import):
        names = [_compat(a) for a in kept]
        return [f"{pad}import {', '.join(names)}{tail}"]
    if f"{node.module}.{kept[0].name}" == "tensorflow.compat.v1":
        return [f"{pad}import tensorflow as {kept[0].asname or kept[0].name}{tail}"]
    names = [f"{a.name} as {a.asname}" if a.asname else a.name for a in kept]
    return [f"{pad}from {'.' * node.level}{_home(node.module or '')} import {', '.join(names)}{tail}"]


def _compat(alias: ast.alias) -> str:
    name = "tensorflow" if alias.name in ("tensorflow.compat.v1", "tensorflow.compat.v2") else _home(alias.name)
    return f"{name} as {alias.asname}" if alias.asname else name


def _home(name: str) -> str:
    return name.replace("tensorflow.examples.", "tf2kit.compat.examples.", 1) if name.startswith(_LOADER) else name


def _additions(tree: ast.Module, context: Context, used: set[str]) -> Iterator[tuple[int, list[str]]]:
    """Line numbers and the import lines that go in front of them."""
    needs = {n for n in context.needs if n.local in used}
    if context.prefix in used and prefix_missing(context):
        needs.add(Need("", "tensorflow", context.prefix))
    present = {
        _need(node, a) for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom)) for a in node.names
    }
    needs -= present
    standard = sorted(n for n in needs if not n.module and n.name in sys.stdlib_module_names)
    other = sorted(needs - set(standard))
    by_place: dict[int, list[str]] = {}
    for need in standard:
        by_place.setdefault(_standard_place(tree, need.name), []).append(_line([need]))
    by_module: dict[str, list[Need]] = {}
    for need in other:
        by_module.setdefault(need.module or need.name, []).append(need)
    for found in by_module.values():
        by_place.setdefault(_place(tree), []).append(_line(found))
    yield from by_place.items()


def prefix_missing(context: Context) -> bool:
    """Whether no import of the program gives TensorFlow as a whole the name that the new text uses."""
    names = ("tensorflow", "tensorflow.compat.v1", "tensorflow.compat.v2")
    return not any(f.top_level and f.full in names and f.local == context.prefix for f in context.module.imports)


def _need(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> Need:
    module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
    return Need(module, alias.name, alias.asname or alias.name)


def _line(needs: list[Need]) -> str:
    names = ", ".join(f"{n.name} as {n.local}" if n.local != n.name else n.name for n in needs)
    return f"from {needs[0].module} import {names}" if needs[0].module else f"import {names}"


def _standard_place(tree: ast.Module, name: str) -> int:
    """The line in front of which ``import name`` goes: among the program's own of the standard library, in their order."""
    own = [n for n in _imports(tree) if _root(n) in sys.stdlib_module_names]
    if not own:
        return _place(tree)
    later = [n for n in own if isinstance(n, ast.Import) and _root(n) > name]
    behind = (own[-1].end_lineno or own[-1].lineno) + 1
    return later[0].lineno if later and [_root(n) for n in own] == sorted(_root(n) for n in own) else behind


def _place(tree: ast.Module) -> int:
    """The line in front of which an import of another library goes: before the first one of these."""
    imports = _imports(tree)
    others = [n for n in imports if _root(n) not in sys.stdlib_module_names]
    rest: list[ast.stmt] = [*others] or [*imports] or [n for n in tree.body if not _is_head(n)]
    return rest[0].lineno


def _imports(tree: ast.Module) -> list[ast.Import | ast.ImportFrom]:
    found = [n for n in tree.body if isinstance(n, (ast.Import, ast.ImportFrom))]
    return [n for n in found if not _is_future(n)]


def _root(node: ast.Import | ast.ImportFrom) -> str:
    if isinstance(node, ast.ImportFrom):
        return "" if node.level else (node.module or "").split(".")[0]
    return node.names[0].name.split(".")[0]


def _is_head(node: ast.stmt) -> bool:
    """Whether a statement must stay in front of all imports: the docstring, and what asks for the future."""
    if isinstance(node, ast.ImportFrom):
        return _is_future(node)
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
