"""The lifted text of a program as modules again: names as each module writes them, and the imports that they need."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

from ...module import Module
from .. import exact, imports
from ..context import Context
from ..homes import MARK
from ..needs import Need
from ..output import unbound
from ..refusal import Refusal
from . import imported
from .join import Joined
from .parts import resolved
from .scopes import bound, module_names

_NAME = re.compile(rf"\b(\w+?){MARK}(\w+)")


def split(joined: Joined, text: str, context: Context) -> dict[str, str]:
    """The new text of every module, by path.

    Raises:
      Refusal: something would have to be bound in another module, or is hidden where it is needed.
    """
    written, wanted = {}, {}
    for path, own in joined.texts(text).items():
        written[path], wanted[path] = _spelled(joined, path, own)
    bound_now = {path: bound(ast.parse(own).body) for path, own in written.items()}
    for path, part in joined.parts.items():
        gone = {local for local, member in part.members.items() if _is_gone(joined, member, bound_now)}
        written[path], wanted[path] = imported.settled(written[path], part, gone, wanted[path])
    lost = {path: unbound(own, path) for path, own in written.items()}
    texts = {path: _settled(joined, path, own, wanted[path], context, lost) for path, own in written.items()}
    for path, own in texts.items():
        _check_imports(joined, path, own, bound_now)
    return texts


def _check_imports(joined: Joined, path: str, text: str, bound_now: Mapping[str, frozenset[str]]) -> None:
    """No import, in functions neither, asks for what is gone."""
    part = joined.parts[path]
    for found in Module(path, text.encode(), part.module.package).imports:
        within, names = part.within(found.target), found.target.split(".")
        if within is None or within[1] == len(names) or not isinstance(found.node, ast.ImportFrom):
            continue
        if _is_gone(joined, (within[0], names[within[1]]), bound_now):
            raise Refusal(None, f"`{found.local}` is imported, and its module no longer has it")


def _is_gone(joined: Joined, member: tuple[str, str], bound_now: Mapping[str, frozenset[str]]) -> bool:
    """Whether what another module is asked for is no longer in it."""
    target = resolved(joined.parts, *member)
    return target is not None and target[0] != "" and target[1] not in bound_now[target[0]]


def _spelled(joined: Joined, path: str, text: str) -> tuple[str, set[Need]]:
    """The text with its names as this module writes them, and what it must import for them."""
    part = joined.parts[path]
    by_prefix = {p.prefix: other for other, p in joined.parts.items()}
    tree = ast.parse(text)
    _check(tree, part.prefix)
    names: dict[str, str] = {}
    needs: set[Need] = set()
    for node, hidden in module_names(tree):
        found = _NAME.fullmatch(node.id)
        if found is None or found[1] == part.prefix:
            continue
        if found[1] not in by_prefix:
            raise Refusal(None, f"`{found[2]}` of another module would give something its name")
        spelling, need = _spelling(joined, path, by_prefix[found[1]], found[2])
        if spelling.split(".")[0] in hidden:
            raise Refusal(None, f"`{spelling}` is needed where the module has another thing of that name")
        names[node.id] = spelling
        needs |= {need} if need is not None else set()

    def written(match: re.Match[str]) -> str:
        return match[2] if match[1] == part.prefix else names.get(match[0], match[2])

    return _NAME.sub(written, text), needs


def _check(tree: ast.Module, prefix: str) -> None:
    """Names of another module are only read."""
    for node in ast.walk(tree):
        name = ""
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            name = node.id
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            name = node.name
        elif isinstance(node, (ast.arg, ast.keyword)) and MARK in (node.arg or ""):
            raise Refusal(None, f"`{node.arg}` of the graph is made outside of functions")
        if MARK in name and not name.startswith(f"{prefix}{MARK}"):
            raise Refusal(None, f"`{name}` is made at the top of a module that another one imports")


def _spelling(joined: Joined, path: str, home: str, name: str) -> tuple[str, Need | None]:
    """How a module calls a name of another one, and what it must import for that."""
    part = joined.parts[path]
    for local, (other, member) in part.members.items():
        if resolved(joined.parts, other, member) == (home, name):
            return local, None
    for found in part.module.imports:
        if found.top_level and part.modules.get(found.target) == home and found.local not in part.members:
            return f"{found.local if found.full == found.target else found.target}.{name}", None
    if any(resolved(joined.parts, star, name) == (home, name) for star in part.stars):
        return name, None
    if list(joined.parts).index(home) > list(joined.parts).index(path):
        raise Refusal(None, f"`{name}` is needed in a module that its own one imports")
    if name in bound(part.module.tree.body):
        raise Refusal(None, f"`{name}` of another module is needed where that name is taken")
    return name, Need(_dotted(joined, path, home), name, name)


def _dotted(joined: Joined, path: str, home: str) -> str:
    """What a module must call another one in an import."""
    own = joined.parts[path].modules
    everybody = (part.modules for part in joined.parts.values())
    found = [d for modules in (own, *everybody) for d, other in modules.items() if other == home]
    if not found:
        raise Refusal(None, "how a module of the program is imported is not known")
    return found[0]


def _settled(
    joined: Joined, path: str, text: str, needs: set[Need], context: Context, lost: Mapping[str, set[str]]
) -> str:
    """A module with its imports in order; as it was where nothing changed."""
    part = joined.parts[path]
    original = part.module.text.decode("utf-8")
    view = Context(part.module)
    before = unbound(original, path)
    view.needs = needs | {n for n in context.needs if n.local in lost[path]}
    view.needs |= {_library(joined, path, name) for name in sorted(lost[path] - before) if _known(joined, path, name)}
    if context.prefix in lost[path] - before:
        view.needs.add(Need("", "tensorflow", context.prefix))
    view.needs |= {exact.IMPORTS[name] for name in exact.needed(text) if name in exact.IMPORTS}
    kept = {n for other, names in lost.items() if path in _starred(joined, other) for n in names}
    kept -= {"tf"} if context.prefix == "tf" else set()  # which every module that uses it imports
    kept |= {n for p in joined.parts.values() for home, n in p.members.values() if home == path}
    new = imports.settled(exact.inserted(text), view, frozenset(kept))
    if ast.dump(ast.parse(new)) == ast.dump(part.module.tree):
        return original
    return new.replace("\n", "\r\n" if "\r\n" in original else "\n")


def _starred(joined: Joined, path: str) -> set[str]:
    """The modules from which a module has everything, directly or not."""
    own = set(joined.parts[path].stars)
    return own.union(*(_starred(joined, star) for star in own))


def _known(joined: Joined, path: str, name: str) -> bool:
    return any(name in p.outside for other, p in joined.parts.items() if other != path)


def _library(joined: Joined, path: str, name: str) -> Need:
    """The import that gives a module a name that another one has from a library."""
    for other, part in joined.parts.items():
        if other == path or name not in part.outside:
            continue
        for found in part.module.imports:
            if found.top_level and found.local == name:
                return _need(found.target, name, isinstance(found.node, ast.ImportFrom))
        return Need(_dotted(joined, path, other), name, name)
    raise Refusal(None, f"`{name}` is not known")


def _need(target: str, local: str, is_from: bool) -> Need:
    if is_from:
        module, _, name = target.rpartition(".")
        return Need(module, name, local)
    bare = local == target.split(".")[0]
    return Need("", local if bare else target, local)
