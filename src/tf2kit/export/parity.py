"""Compares what an artefact answers with what the original answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class OutputError:
    """How far one output is from the original's.

    Attributes:
      name: in the signature.
      max_abs: largest |a - b|.
      mean_abs: mean of |a - b|.
      max_rel: largest |a - b| / max(1, |a|), which the tolerance is held against; infinite where a number stands against none.
      top1: share of rows whose largest value is in the same place; None where an output has no classes.
      note: what cannot be said in numbers, such as another shape.
    """

    name: str
    max_abs: float
    mean_abs: float
    max_rel: float
    top1: float | None = None
    note: str = ""


def compare(expected: Mapping[str, np.ndarray], actual: Mapping[str, np.ndarray]) -> list[OutputError]:
    """One row for each expected output."""
    return [_compare(name, array, actual.get(name)) for name, array in expected.items()]


def within(errors: list[OutputError], tolerance: float) -> bool:
    """Whether all are: |a - b| <= tolerance * max(1, |a|). No outputs prove nothing."""
    return bool(errors) and all(error.max_rel <= tolerance for error in errors)


def _compare(name: str, expected: np.ndarray, actual: np.ndarray | None) -> OutputError:
    if actual is None:
        return _nothing(name, "the artefact has no such output")
    if expected.shape != actual.shape:
        return _nothing(name, f"its shape is {actual.shape} and should be {expected.shape}")
    if expected.dtype.kind in "OSU" or actual.dtype.kind in "OSU":
        return _texts(name, expected, actual)
    if expected.size == 0:
        return OutputError(name, 0.0, 0.0, 0.0)
    kind = np.complex128 if "c" in (expected.dtype.kind, actual.dtype.kind) else np.float64
    a, b = expected.astype(kind), actual.astype(kind)
    same = (a == b) | (np.isnan(a) & np.isnan(b))
    with np.errstate(invalid="ignore", over="ignore"):
        distance = np.where(same, 0.0, np.abs(a - b))
        relative = np.where(same, 0.0, distance / np.maximum(1.0, np.abs(a)))
    distance, relative = (np.where(np.isfinite(x), x, np.inf) for x in (distance, relative))
    return OutputError(
        name, float(distance.max()), float(distance.mean()), float(relative.max()), _top1(a, b, expected)
    )


def _nothing(name: str, note: str) -> OutputError:
    return OutputError(name, np.inf, np.inf, np.inf, None, note)


def _texts(name: str, expected: np.ndarray, actual: np.ndarray) -> OutputError:
    """Strings are the same or not."""
    wrong = sum(_bytes(a) != _bytes(b) for a, b in zip(expected.reshape(-1), actual.reshape(-1), strict=True))
    if not wrong:
        return OutputError(name, 0.0, 0.0, 0.0)
    return _nothing(name, f"{wrong} of {expected.size} strings differ")


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def _top1(a: np.ndarray, b: np.ndarray, expected: np.ndarray) -> float | None:
    if expected.dtype.kind != "f" or a.ndim < 2 or a.shape[-1] < 2:
        return None
    return float((a.argmax(-1) == b.argmax(-1)).mean())
