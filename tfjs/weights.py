"""Constants as the weights file of TF.js: types that it has, quantisation weight by weight, shards of 4 MB."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from tf2kit.export import ExportError
from tf2kit.export.lower import LoweringError

SHARD = 4 * 1024 * 1024
# smaller arrays are sizes, axes and factors: nothing is won by rounding them
FEWEST = 64
KINDS = ("float16", "uint16", "uint8")
# int64 constants beyond this stand for "to the end"
_SENTINEL = 2**62


@dataclass
class Weights:
    """The weights of one model, in the order of the file.

    Attributes:
      quantize: pattern of names → one of `KINDS`; the first that fits counts.
      manifest: what model.json says about each.
    """

    quantize: Mapping[str, str] = field(default_factory=dict)
    manifest: list[dict[str, Any]] = field(default_factory=list)
    _data: list[bytes] = field(default_factory=list)

    def add(self, name: str, value: np.ndarray) -> None:
        """Append a weight.

        Raises:
          LoweringError: a number that does not fit into int32, the only integer of TF.js.
        """
        spec: dict[str, Any] = {"name": name, "shape": list(value.shape)}
        if value.dtype.kind in "OSU":
            spec["dtype"], data = "string", _strings(value)
        elif value.dtype == np.bool_:
            spec["dtype"], data = "bool", value.tobytes()
        elif value.dtype.kind in "iu":
            spec["dtype"], data = "int32", _int32(name, value).tobytes()
        elif value.dtype.kind == "c":
            spec["dtype"], data = "complex64", value.astype(np.complex64).tobytes()
        else:
            spec["dtype"] = "float32"
            data = self._floats(name, value.astype(np.float32), spec)
        self.manifest.append(spec)
        self._data.append(data)

    def _floats(self, name: str, value: np.ndarray, spec: dict[str, Any]) -> bytes:
        kind = next((k for pattern, k in self.quantize.items() if fnmatch.fnmatchcase(name, pattern)), None)
        if kind is None or value.size < FEWEST or not np.isfinite(value).all():
            return bytes(value.tobytes())
        spec["quantization"] = {"dtype": kind}
        if kind == "float16":
            largest = np.finfo(np.float16).max
            return bytes(np.clip(value, -largest, largest).astype(np.float16).tobytes())
        small, scale = _grid(value, np.iinfo(kind).max)
        spec["quantization"] |= {"min": small, "scale": scale, "original_dtype": "float32"}
        return bytes(np.round((value - small) / scale).astype(kind).tobytes())

    def write(self, folder: Path) -> list[str]:
        """Write the shards; their names."""
        data = b"".join(self._data)
        count = max(1, -(-len(data) // SHARD))
        names = [f"group1-shard{index + 1}of{count}.bin" for index in range(count)]
        for index, name in enumerate(names):
            (folder / name).write_bytes(data[index * SHARD : (index + 1) * SHARD])
        return names


def parse(text: str) -> dict[str, str]:
    """``uint8``, or ``*kernel*=uint8,*=float16`` → kinds by pattern.

    Raises:
      ExportError: there is no such kind.
    """
    kinds = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        pattern, _, kind = part.rpartition("=")
        if kind not in KINDS:
            message = f'"{kind}" is no quantisation of TF.js.'
            raise ExportError(message, todo=f"Use {', '.join(KINDS)}, or PATTERN=KIND,PATTERN=KIND.", usage=True)
        kinds[pattern or "*"] = kind
    return kinds


def _grid(value: np.ndarray, steps: int) -> tuple[float, float]:
    """Least value and step, such that zero is one of the values: padding and ReLU make many zeros."""
    low, high = min(float(value.min()), 0.0), max(float(value.max()), 0.0)
    if low == high:
        return low, 1.0
    scale = (high - low) / steps
    return round(low / scale) * scale, scale


def _int32(name: str, value: np.ndarray) -> np.ndarray:
    limits = np.iinfo(np.int32)
    wide = value.astype(np.int64)
    beyond = (wide < limits.min) | (wide > limits.max)
    if (beyond & (np.abs(wide) < _SENTINEL)).any():
        raise LoweringError(
            f"{name} holds {int(wide[beyond].flat[0])}: TF.js has no integers beyond 32 bits.", "Const", name
        )
    return np.clip(wide, limits.min, limits.max).astype(np.int32)


def _strings(value: np.ndarray) -> bytes:
    texts: Sequence[bytes] = [item if isinstance(item, bytes) else str(item).encode() for item in value.reshape(-1)]
    return b"".join(len(text).to_bytes(4, "little") + text for text in texts)
