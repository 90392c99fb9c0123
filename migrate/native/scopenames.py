"""Names of operations as TensorFlow 1 made them unique, as far as summaries' tags depend on them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class ScopeNames:
    """The open name scopes of one graph, and the names that are taken in it.

    Attributes:
      open: full names of the open scopes, outermost first; None for one whose name is only known when the program runs.
      taken: how often each name was asked for, in lower case (tensorflow/python/framework/ops.py, `Graph.unique_name`).
    """

    open: list[str | None] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)

    @property
    def prefix(self) -> str | None:
        """The innermost scope ("" outside of all); None where it is not known."""
        if None in self.open:
            return None
        return self.open[-1] or "" if self.open else ""

    def enter(self, name: str | None) -> None:
        """Open a scope: a name that ends with a slash is taken as it is, others are made unique."""
        if name is not None and name.endswith("/"):
            self.open.append(name[:-1])
        else:
            self.open.append(None if name is None or self.prefix is None else self.unique(name))

    def leave(self) -> None:
        """Close the innermost scope."""
        self.open.pop()

    def unique(self, name: str) -> str:
        """The full name of an operation or a scope that is called ``name`` here."""
        full = f"{self.prefix}/{name}" if self.prefix else name
        key = full.lower()
        number = self.taken.get(key, 0)
        self.taken[key] = number + 1
        if number == 0:
            return full
        while f"{key}_{number}" in self.taken:
            number += 1
        self.taken[f"{key}_{number}"] = 1
        return f"{full}_{number}"
