"""Words for checks of exercises: what is not so raises `NotYet` with a sentence that helps."""

from __future__ import annotations

import dis
import inspect
from collections.abc import Callable
from typing import Any


class NotYet(Exception):  # noqa: N818 - it is no error
    """The answer is not right yet; ``str()`` says in one or two sentences what it does and what was expected."""


def need(condition: object, message: str) -> None:
    """Go on when ``condition`` holds.

    Raises:
      NotYet: it does not; with ``message``.
    """
    if not condition:
        raise NotYet(message)


def close(got: Any, expected: Any, what: str, tolerance: float = 1e-4) -> None:
    """Compare numbers of any kind and shape; ``what`` names what they are ("double(3)").

    Raises:
      NotYet: the shape or a value differs by more than ``tolerance``, relative and absolute; both are in the message.
    """
    import numpy as np

    need(got is not None, f"{what} is None. Does your function end with `return …`?")
    try:
        mine, right = np.asarray(got, dtype=float), np.asarray(expected, dtype=float)
    except (TypeError, ValueError):
        raise NotYet(f"{what} should be numbers, but it is {_short(got)} ({type(got).__name__}).") from None
    need(mine.shape == right.shape, f"{what} has shape {mine.shape}; {right.shape} was expected.")
    need(
        np.allclose(mine, right, tolerance, tolerance, equal_nan=True),
        f"{what} is {_short(mine)}; {_short(right)} was expected.",
    )


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 80 else text[:79] + "…"


def is_stub(value: object) -> bool:
    """Whether nothing was written yet: ``...``, a function that is only that, or a class with such a method."""
    if value is ...:
        return True
    if inspect.isclass(value):
        return any(is_stub(part) for part in vars(value).values() if inspect.isfunction(part))
    function = _function(value)
    if function is None:
        return False
    work = [row for row in dis.get_instructions(function) if row.opname not in ("RESUME", "NOP", "POP_TOP", "CACHE")]
    return all(
        row.opname in ("LOAD_CONST", "RETURN_CONST", "RETURN_VALUE") and row.argval in (None, ...) for row in work
    )


def has_gap(value: object) -> bool:
    """Whether a ``...`` is left somewhere in a function or in a method of a class."""
    if inspect.isclass(value):
        return any(has_gap(part) for part in vars(value).values() if inspect.isfunction(part))
    function = _function(value)
    return value is ... or (function is not None and ... in function.__code__.co_consts)


def _function(value: object) -> Any:
    """The Python function behind a function, a method or a `tf.function`; None for anything else."""
    inner: Callable[..., object] | object = getattr(value, "python_function", value)
    inner = getattr(inner, "__func__", inner)
    return inner if inspect.isfunction(inner) else None
