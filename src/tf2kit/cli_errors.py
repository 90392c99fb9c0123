"""Errors that a person can mend, and the suggestion that goes with a misspelt word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class UsageError(Exception):
    """What was asked for cannot be done as asked; ``str()`` says what, where and what to do instead. Exit code 2."""


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that ``word`` was probably meant to be, whatever its case; None when nothing is near."""
    by_folded = {k.casefold(): k for k in known}
    near = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[near[0]] if near else None


def unknown(what: str, word: str, known: Iterable[str]) -> str:
    """One sentence for a word that is not among ``known``: the nearest one, or all of them when none is near."""
    words = list(known)
    near = closest(word, words)
    hint = f"did you mean '{near}'?" if near else f"known: {', '.join(words)}"
    return f"'{word}' is not {what}; {hint}"
