"""Fetched values as JSON: small arrays exactly, large ones as a sketch of bounded size that a permuted array does not share.

An exact array is ``{"d": dtype, "s": shape, "b": base64 of its little-endian bytes}`` (``"v": [numbers]`` up to eight of them). A sketch
has, in place of "b", ``h`` (SHA-256 of the bytes), ``p`` (for each of `BLOCKS` contiguous blocks `SIGNS` sums with random signs and the
Euclidean norm) and ``q`` (the values at `SAMPLES` random places), both as base64 of float64. The signed sums of two arrays differ by
about the distance between the arrays (Johnson and Lindenstrauss, 1984), so a sketch measures a relative error, not only equality.
"""

from __future__ import annotations

import base64
import collections.abc
import hashlib
from typing import Any

import numpy as np

EXACT = 4096  # values up to which an array is kept as it is
FEW = 8
BLOCKS, SIGNS, SAMPLES = 64, 3, 64
_seeded: dict[int, tuple[Any, Any]] = {}


def numeric(value: Any) -> Any | None:
    """``value`` as an array of numbers (complex ones as pairs), or None when it is anything else."""
    if hasattr(value, "numpy") and not isinstance(value, np.ndarray):
        try:
            value = value.numpy()
        except Exception:  # a symbolic tensor
            return None
    try:
        array = np.asarray(value)
    except Exception:  # ragged lists, objects with their own ideas
        return None
    if array.dtype.name.startswith(("bfloat16", "float8")):
        array = array.astype(np.float32)
    if array.dtype.kind == "c":
        array = np.stack([array.real, array.imag], axis=-1)
    return array if array.dtype.kind in "fiub" else None


def encode(array: Any, exact: int = EXACT) -> dict[str, Any]:
    """An array of `numeric` as JSON; arrays of more than ``exact`` values as a sketch."""
    array = np.ascontiguousarray(array).reshape(np.shape(array))
    array = array.astype(array.dtype.newbyteorder("<"), copy=False)
    row: dict[str, Any] = {"d": array.dtype.str, "s": list(array.shape)}
    if array.size <= FEW:
        row["v"] = [_plain(v) for v in array.ravel().tolist()]
    elif array.size <= exact:
        row["b"] = _base64(array)
    else:
        row.update(sketch(array))
    return row


def _plain(value: Any) -> Any:
    """A number as JSON has it; what JSON lacks as a string."""
    if isinstance(value, float) and not np.isfinite(value):
        return str(value)
    return value


def sketch(array: Any) -> dict[str, Any]:
    """The parts ``h``, ``p`` and ``q`` of a sketch."""
    flat = array.ravel()
    signs, places = seeded(flat.size)
    values = flat.astype(np.float64)
    sums = np.empty((BLOCKS, SIGNS + 1))
    edges = np.linspace(0, flat.size, BLOCKS + 1).astype(int)
    for i in range(BLOCKS):
        block = values[edges[i] : edges[i + 1]]
        sums[i, :SIGNS] = signs[:, edges[i] : edges[i + 1]].astype(np.float64).dot(block)
        sums[i, SIGNS] = np.sqrt(block.dot(block))
    return {"h": hashlib.sha256(array.tobytes()).hexdigest(), "p": _base64(sums), "q": _base64(values[places])}


def seeded(size: int) -> tuple[Any, Any]:
    """The random signs and places for arrays of ``size`` values, the same everywhere."""
    if size not in _seeded:
        if len(_seeded) > 16:
            _seeded.clear()
        state = np.random.RandomState(size % 2**31)
        _seeded[size] = (
            state.randint(0, 2, size=(SIGNS, size), dtype=np.int8) * 2 - 1,
            np.sort(state.randint(0, size, size=SAMPLES)),
        )
    return _seeded[size]


def _base64(array: Any) -> str:
    return base64.b64encode(array.tobytes()).decode("ascii")


def leaves(value: Any, name: str = "") -> list[tuple[str, Any]]:
    """(path, value) of everything in nested dicts (sorted by key), lists and tuples; a path looks like ``0/loss``."""
    if value is None:
        return []
    if isinstance(value, collections.abc.Mapping):
        pairs = [(str(k), value[k]) for k in sorted(value, key=str)]
    elif isinstance(value, (list, tuple)):
        pairs = [(str(i), v) for i, v in enumerate(value)]
    elif hasattr(value, "dense_shape") and hasattr(value, "values"):  # sparse tensors, indexed slices
        return leaves({"indices": value.indices, "values": value.values}, name)
    else:
        return [(name, value)]
    return [leaf for key, item in pairs for leaf in leaves(item, name + "/" + key if name else key)]
