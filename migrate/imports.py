"""The one owner of import lines: move, drop and add imported names, and rewrite the attribute chains that follow them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .findings import Edit, Fix, Safety
from .module import Module
from .scopes import Imported, ImportStatement, Use
from .statements import insert_after, join
from .symbols import V1


@dataclass(frozen=True, slots=True)
class Move:
    """Where a name lives now.

    Attributes:
      target: its full new dotted name.
      statement: the import to add where no visible name reaches the target; binds ``local`` to ``local_full``.
    """

    target: str
    statement: str = ""
    local: str = ""
    local_full: str = ""

    @classmethod
    def through(cls, target: str, home: str, local: str = "") -> Move:
        """A move to ``target`` reached through the module ``home``, imported as ``local`` (default: its last part)."""
        parent, _, leaf = home.rpartition(".")
        local = local or leaf
        rename = "" if local == leaf else f" as {local}"
        statement = f"from {parent} import {leaf}{rename}" if parent else f"import {leaf}{rename}"
        return cls(target, statement, local, home)


# -- attribute chains ------------------------------------------------------------------------------------------------


def rewrite_use(module: Module, use: Use, keep: int, move: Move, safety: Safety = Safety.SAFE) -> Fix | None:
    """Replace the chain of ``use``, except for its last ``keep`` attributes, by an expression for ``move.target``.

    Returns None when the chain is shorter than that (the name was imported directly: the import has to move instead), or when the
    name that a new import would bind is already taken.
    """
    node = use.node
    for _ in range(keep):
        if not isinstance(node, ast.Attribute):
            return None
        node = node.value
    if not isinstance(node, ast.Attribute):
        return None
    expression, imports = reach(module, use, move)
    if expression is None:
        return None
    start, end = module.span(node)
    return Fix((Edit(start, end, expression.encode()),), safety, imports)


def reach(module: Module, use: Use, move: Move) -> tuple[str | None, tuple[str, ...]]:
    """(expression for the target at the place of ``use``, import statements that it needs)."""
    best: tuple[int, str] | None = None
    at = (use.base.lineno, use.base.col_offset)
    for name in dict.fromkeys([use.base.id, *(i.local for i in module.imports)]):
        hit = module.names.lookup(name, use.scope, at)
        if hit is not None and _leads_to(module, hit[0], move.target):
            rest = move.target[len(hit[0]) :]
            if best is None or len(rest) < best[0]:
                best = (len(rest), name + rest)
    if best is not None:
        return best[1], ()
    if not move.statement:
        return None, ()
    for local, statement in _spellings(move):
        hit = module.names.lookup(local, use.scope, at)
        if local not in use.scope.names() or (hit is not None and hit[0] == move.local_full):
            return local + move.target[len(move.local_full) :], (statement,)
    return None, ()


def _spellings(move: Move) -> Iterator[tuple[str, str]]:
    """(local name, import statement) to try: the usual one, and another for our own homes where a program has taken that name."""
    yield move.local, move.statement
    if move.local_full == V1:
        yield "tf_v1", f"import {V1} as tf_v1"
    elif move.local_full.startswith("tf2kit."):
        parent, _, leaf = move.local_full.rpartition(".")
        yield f"{move.local}_v1", f"from {parent} import {leaf} as {move.local}_v1"


def _leads_to(module: Module, full: str, target: str) -> bool:
    """Whether attributes of ``full`` lead to ``target``; to TensorFlow's private modules only if one was imported by its path."""
    if full == "tensorflow" and target.startswith("tensorflow.python."):
        return any(i.full == full and i.target.startswith("tensorflow.python.") for i in module.imports)
    return target == full or target.startswith(full + ".")


# -- import statements -----------------------------------------------------------------------------------------------


def move_aliases(
    module: Module, node: ImportStatement, targets: Mapping[ast.alias, str | None], safety: Safety = Safety.SAFE
) -> Fix:
    """Import the given aliases of one statement from new full names (None: do not import them any more).

    Local names stay what they were. Aliases that are not in ``targets`` stay where they are.
    """
    if isinstance(node, ast.Import):
        return Fix(tuple(_plain_edits(module, node, targets)), safety)
    return Fix(tuple(_from_edits(module, node, targets)), safety)


def _plain_edits(module: Module, node: ast.Import, targets: Mapping[ast.alias, str | None]) -> Iterable[Edit]:
    gone = [a for a in node.names if a in targets and targets[a] is None]
    for alias in node.names:
        target = targets.get(alias)
        if target is None:
            continue
        local = alias.asname or ("" if "." in alias.name else alias.name)
        text = f"{target} as {local}" if local and local != target else target
        yield Edit(*module.span(alias), text.encode())
    yield from remove_aliases(module, node, gone)


def _from_edits(module: Module, node: ast.ImportFrom, targets: Mapping[ast.alias, str | None]) -> Iterable[Edit]:
    home = module.names.absolute(node)
    moved: dict[str, list[tuple[str, str]]] = {}
    touched = []
    for alias in node.names:
        if alias not in targets or targets[alias] == f"{home}.{alias.name}":
            continue
        touched.append(alias)
        target = targets[alias]
        if target is not None:
            where, _, name = target.rpartition(".")
            moved.setdefault(where, []).append((name, alias.asname or alias.name))
    same_names = all(targets.get(a) and str(targets[a]).rpartition(".")[2] == a.name for a in node.names)
    if len(moved) == 1 and "" not in moved and len(touched) == len(node.names) and same_names:
        yield Edit(*module_path(module, node), next(iter(moved)).encode())
        return
    lines = [_from_line(where, names) for where, names in moved.items()]
    if len(touched) < len(node.names):
        yield from remove_aliases(module, node, touched)
        if lines:
            yield insert_after(module, node, lines)
    elif lines:
        start, end = module.span(node)
        yield Edit(start, end, join(module, node, lines).encode())
    else:
        yield remove_statement(module, node)


def _from_line(where: str, names: Sequence[tuple[str, str]]) -> str:
    listed = ", ".join(name if name == local else f"{name} as {local}" for name, local in names)
    return f"from {where} import {listed}" if where else f"import {listed}"


def module_path(module: Module, node: ast.ImportFrom) -> tuple[int, int]:
    """Byte span of ``a.b`` in ``from a.b import c``."""
    start, end = module.span(node)
    found = re.match(rb"from[\s\\]*([.\w]+(?:\s*\.\s*\w+)*)", module.text[start:end])
    assert found is not None
    return start + found.start(1), start + found.end(1)


def remove_aliases(module: Module, node: ImportStatement, gone: Sequence[ast.alias]) -> Iterable[Edit]:
    """Take aliases out of a statement, each with the comma that goes with it; the statement goes when nothing is left."""
    if not gone:
        return
    if len(gone) == len(node.names):
        yield remove_statement(module, node)
        return
    kept_before = False
    for i, alias in enumerate(node.names):
        if alias not in gone:
            kept_before = True
        elif kept_before:
            yield Edit(module.span(node.names[i - 1])[1], module.span(alias)[1], b"")
        else:
            yield Edit(module.span(alias)[0], module.span(node.names[i + 1])[0], b"")


def remove_statement(module: Module, node: ast.stmt) -> Edit:
    """Delete a statement with its line, or put ``pass`` where a block would be empty without it."""
    start, end = module.span(node)
    line_start, _ = module.line_span(start)
    _, rest_end = module.line_span(max(start, end - 1))
    alone = not module.text[line_start:start].strip() and not module.text[end:rest_end].strip()
    if not alone or _only_statement(module.tree, node):
        return Edit(start, end, b"pass")
    return Edit(line_start, rest_end, b"")


def _only_statement(tree: ast.Module, node: ast.stmt) -> bool:
    for parent in ast.walk(tree):
        for field in ("body", "orelse", "finalbody"):
            block = getattr(parent, field, None)
            if isinstance(block, list) and node in block:
                return len(block) == 1 and not isinstance(parent, ast.Module)
    return False


def aliases_by_statement(imports: Iterable[Imported]) -> dict[ImportStatement, list[Imported]]:
    """Imported names grouped by their statement, in order."""
    grouped: dict[ImportStatement, list[Imported]] = {}
    for imported in imports:
        grouped.setdefault(imported.node, []).append(imported)
    return grouped


def uses_of(module: Module, imported: Imported) -> list[Use]:
    """Uses whose base name is bound by this very import."""
    return [u for u in module.uses if u.binding is imported.node and u.base.id == imported.local]
