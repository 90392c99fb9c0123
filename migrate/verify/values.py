"""Recorded values, and how far two of them are apart."""

from __future__ import annotations

import base64
import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from .recorder import arrays

SMALL = 1e-2  # below this part of the largest value of its array, a number is compared on the scale of that part
COARSE = 1e-1  # the same for weights, whose rounding errors come from their updates
TINY = 1e-7


@dataclass(frozen=True, slots=True)
class Gap:
    """Where two values differ most: relative error, element (None for shapes and sketches) and both numbers; ``detail`` says more."""

    error: float
    index: tuple[int, ...] | None = None
    old: float | None = None
    new: float | None = None
    detail: str = ""


class Value:
    """An array as the recorder wrote it: exact, or a sketch (see `recorder.arrays`)."""

    def __init__(self, row: dict[str, Any], folder: Path | None = None) -> None:
        self._row, self._folder = row, folder
        self.dtype = np.dtype(row["d"])
        self.shape = tuple(row["s"])

    @property
    def size(self) -> int:
        """How many numbers it has."""
        return math.prod(self.shape)

    @cached_property
    def exact(self) -> Any:
        """The array, or None when only a sketch is there."""
        row = self._row
        if "v" in row:
            return np.array([float(v) for v in row["v"]]).astype(self.dtype).reshape(self.shape)
        if "b" in row:
            return np.frombuffer(base64.b64decode(row["b"]), self.dtype).reshape(self.shape)
        if "file" in row and self._folder is not None:
            return np.load(self._folder / row["file"])
        return None

    @cached_property
    def sketch(self) -> tuple[str, Any, Any]:
        """The sketch: digest, sums and norm of each block, sampled values."""
        row = self._row if "h" in self._row else arrays.sketch(self.exact)
        sums = np.frombuffer(base64.b64decode(row["p"])).reshape(arrays.BLOCKS, arrays.SIGNS + 1)
        return row["h"], sums, np.frombuffer(base64.b64decode(row["q"]))

    @property
    def scalar(self) -> float | None:
        """The number, if it is a single one."""
        return float(self.exact.ravel()[0]) if self.size == 1 else None

    def largest(self) -> float:
        """The largest finite absolute value; of a sketch, the largest root mean square of a block."""
        if self.exact is None:
            return float(self.sketch[1][:, -1].max() / max(1.0, math.sqrt(self.size / arrays.BLOCKS)))
        numbers = np.abs(self.exact[np.isfinite(self.exact)].astype(np.float64))
        return float(numbers.max()) if numbers.size else 0.0


def gap(old: Value, new: Value, scale: float = 0.0, small: float = SMALL) -> Gap:
    """The largest relative difference of two values.

    Args:
      old: the reference.
      new: the candidate.
      scale: the largest value that was seen in this place before.
      small: numbers below this part of the largest one are compared on the scale of that part.
    """
    if _squeezed(old.shape) != _squeezed(new.shape):
        return Gap(math.inf, detail=f"the shape was {list(old.shape)} and is {list(new.shape)}")
    if old.size == 0:
        return Gap(0.0)
    floor = max(small * max(scale, old.largest()), TINY)
    if old.exact is not None and new.exact is not None:
        return _exact_gap(old.exact, new.exact, floor)
    return _sketch_gap(old, new, floor)


def _squeezed(shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(size for size in shape if size != 1)


def _exact_gap(old: Any, new: Any, floor: float) -> Gap:
    new = new.reshape(old.shape)
    errors = relative(old.astype(np.float64), new.astype(np.float64), floor)
    place = int(np.argmax(errors))
    index = tuple(int(i) for i in np.unravel_index(place, old.shape))
    return Gap(float(errors.ravel()[place]), index, float(old.ravel()[place]), float(new.ravel()[place]))


def relative(old: Any, new: Any, floor: float) -> Any:
    """Element by element: difference over the larger of both and ``floor``; infinite where only one is finite."""
    with np.errstate(all="ignore"):
        errors = np.abs(old - new) / np.maximum(np.maximum(np.abs(old), np.abs(new)), floor)
    same = (old == new) | (np.isnan(old) & np.isnan(new))
    return np.where(same, 0.0, np.where(np.isfinite(old) & np.isfinite(new), errors, np.inf))


def _sketch_gap(old: Value, new: Value, floor: float) -> Gap:
    """The distance of each block over its norm, and the sampled values."""
    (digest, sums, samples), (new_digest, new_sums, new_samples) = old.sketch, new.sketch
    if digest == new_digest and old.dtype == new.dtype:
        return Gap(0.0)
    detail = f"compared by a sketch of its {old.size:,} values"
    if not np.isfinite(sums).all() or not np.isfinite(new_sums).all():
        return Gap(math.inf, detail=detail + ", some of which are not finite")
    apart = np.sqrt(np.mean((sums[:, :-1] - new_sums[:, :-1]) ** 2, axis=1))
    block = max(1.0, math.sqrt(old.size / arrays.BLOCKS))
    norms = np.maximum(np.maximum(sums[:, -1], new_sums[:, -1]), floor * block)
    sampled = relative(samples, new_samples, floor)
    return Gap(float(max((apart / norms).max(), sampled.max())), detail=detail)
