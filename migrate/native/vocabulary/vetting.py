"""Makes rows of functions of 1.15 from their measured signatures and what a person says about their differences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ..rows import Row
from . import choices
from .signatures import names_of, positional, table


def row(name: str, new: str = "", renamed: Mapping[str, str] | None = None, **other: Any) -> Row:
    """The row of a function of 1.15, its signatures as they were measured."""
    new = new or name
    target = table()["new"].get(new, [])
    old, order = names_of(table()["old"][name]), positional(target)
    named = {p: p for p in names_of(target) if p in old and p not in order}
    return _built(Row(new, old, order, {**named, **(renamed or {})}), **other)


def raw(name: str, kernel: str, **other: Any) -> Row:
    """The row of a function that only its kernel stands for, which takes its arguments by name."""
    old = names_of(table()["old"][name])
    renamed = {**{p: p for p in old}, **other.pop("renamed", {})}
    return _built(Row(f"tf.raw_ops.{kernel}", old, (), renamed), **other)


def _built(
    row: Row, dropped: set[str] | None = None, choose: Callable[[Row, choices.Bound], Row] | None = None, **other: Any
) -> Row:
    row = replace(row, dropped=frozenset(dropped or ()), **other)
    return row if choose is None else replace(row, chosen=lambda bound: choose(row, bound))


def each(names: str, homes: str = "", **other: Any) -> dict[str, Row]:
    """Rows of functions that keep their names, in ``tf`` and in its modules ``homes`` as far as 1.15 and the target have them there."""
    full = [f"tf.{home}{name}" for name in names.split() for home in ("", *(f"{h}." for h in homes.split()))]
    return {name: row(name, **other) for name in full if name in table()["old"] and name in table()["new"]}


def moved(pairs: Mapping[str, str], **other: Any) -> dict[str, Row]:
    """Rows of functions with another name, by old name; both without "tf."."""
    return {f"tf.{old}": row(f"tf.{old}", f"tf.{new}", **other) for old, new in pairs.items()}
