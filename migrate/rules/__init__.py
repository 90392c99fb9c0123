"""The registry of rules. A rule is one file in a family folder; its module docstring is its documentation page.

The docstring starts with one sentence, then has the Markdown sections ``## What it does``, ``## Why``, ``## Example`` (two fenced
blocks, before and after, where there is a fix) and ``## What to do by hand``.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ..findings import Finding

if TYPE_CHECKING:
    from ..module import Module

Stage = Literal["source", "python2", "official", "symbols", "contrib", "runtime", "program", "check"]
Check = Callable[["Module"], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A documented code. ``check`` is None for codes that the pipeline itself reports (unreadable file, official log lines, …)."""

    code: str
    name: str
    stage: Stage
    doc: str
    check: Check | None = None

    @property
    def summary(self) -> str:
        """The first sentence of the page."""
        return self.doc.split("\n", 1)[0].strip()


_RULES: dict[str, Rule] = {}
_FIRST = "RUN402"


def rule(code: str, name: str, stage: Stage) -> Callable[[Check], Check]:
    """Register the decorated function, in a file of its own, as the rule ``code``."""

    def register(check: Check) -> Check:
        _add(Rule(code, name, stage, inspect.cleandoc(sys.modules[check.__module__].__doc__ or ""), check))
        return check

    return register


def document(module_name: str, code: str, name: str, stage: Stage) -> str:
    """Register a code without a check (call it as ``CODE = document(__name__, …)``); returns the code."""
    _add(Rule(code, name, stage, inspect.cleandoc(sys.modules[module_name].__doc__ or "")))
    return code


def _add(new: Rule) -> None:
    known = _RULES.get(new.code)
    if known is not None and known.name != new.name:
        raise ValueError(f"two rules share the code {new.code}: {known.name} and {new.name}")
    _RULES[new.code] = new


@functools.cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of every family, by code."""
    for info in pkgutil.walk_packages(__path__, __name__ + "."):
        importlib.import_module(info.name)
    return tuple(sorted(_RULES.values(), key=lambda r: r.code))


def of_stage(stage: Stage) -> tuple[Rule, ...]:
    """The rules of one stage that have a check, in the order in which what they insert at one place comes out.

    That is the order of their codes, but the choice of Keras comes first: it has to be made before TensorFlow is imported.
    """
    found = [r for r in all_rules() if r.stage == stage and r.check is not None]
    return tuple(sorted(found, key=lambda r: (r.code != _FIRST, r.code)))
