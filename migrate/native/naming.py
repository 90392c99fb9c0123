"""Gives placeholders, variables and optimizers the name that they are bound to."""

from __future__ import annotations

import ast
from dataclasses import replace

from .context import Region
from .environment import key_of
from .values import Instance, Iterator, Optimizer, Placeholder, Saver, Sequence, State, Table, Value, Writer


def named(target: ast.expr, value: Value, region: Region) -> Value:
    """``value`` under the name of ``target``: how later code reaches it."""
    key = key_of(target)
    if (
        isinstance(target, (ast.Tuple, ast.List))
        and isinstance(value, Sequence)
        and len(value.items) == len(target.elts)
    ):
        return Sequence(tuple(named(t, v, region) for t, v in zip(target.elts, value.items, strict=True)))
    if key is None:
        return value
    return _under(key, value, region)


def _under(path: str, value: Value, region: Region) -> Value:
    if isinstance(value, Placeholder) and not value.name:
        return replace(value, name=path)
    if isinstance(value, (Optimizer, Saver, Writer)) and not value.path:
        if region.is_class and not path.startswith("self."):
            region.renames[path] = f"self.{path}"
            path = f"self.{path}"
        return replace(value, path=path)
    if isinstance(value, Iterator) and not value.path:
        value.path = path
        return value
    if isinstance(value, Instance) and not value.path:
        value.path = path
        return value
    if isinstance(value, State) and not value.path:
        if region.is_class and not path.startswith("self."):
            region.renames[path] = f"self.{path}"
            path = f"self.{path}"
        value.path = path
        return value
    if isinstance(value, Table):
        return Table({k: _under(f"{path}[{k!r}]", v, region) for k, v in value.items.items()})
    if isinstance(value, Sequence):
        return type(value)(tuple(_under(f"{path}[{i}]", v, region) for i, v in enumerate(value.items)))
    return value
