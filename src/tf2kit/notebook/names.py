"""What the names of a notebook stand for, told from what they are bound to now and from what the cells did that bound them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..runner.dynamic import full_name

_WORD = re.compile(r"[A-Za-z_]\w*")


class Names:
    """Full (dotted) names by local name.

    Args:
      namespace: the notebook's own; looked at, never changed.
    """

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self._namespace = namespace
        self._told: dict[str, tuple[str, Any]] = {}  # with the object that the name was bound to
        self._expected: dict[str, str] = {}
        self._shown: dict[str, str] = {}

    def known(self, text: str, shown: bool = False) -> dict[str, str]:
        """What names in ``text`` stand for, and those of TensorFlow itself; with ``shown``, also what cells that were only shown bind."""
        words = set(_WORD.findall(text))
        found = dict(self._shown) if shown else {}
        for name, value in list(self._namespace.items()):
            full = self._full(name, value)
            if full is not None:
                found[name] = full
        return {
            name: full for name, full in found.items() if name in words or full.startswith(("tensorflow", "tf2kit"))
        }

    def _full(self, name: str, value: Any) -> str | None:
        told = self._told.get(name)
        if told is not None and told[1] is value:
            return told[0]
        return None if name.startswith("__") else full_name(value)

    def expect(self, known: Mapping[str, str]) -> None:
        """A cell is about to run that binds names to these."""
        self._expected.update(known)

    def learn(self, good: bool) -> None:
        """The cell ran, to its end or not; in the second case nobody knows which names it has bound."""
        for name, full in self._expected.items():
            if good and name in self._namespace:
                self._told[name] = (full, self._namespace[name])
        self._expected.clear()

    def show(self, known: Mapping[str, str]) -> None:
        """A cell was shown that would bind names to these."""
        self._shown.update(known)
