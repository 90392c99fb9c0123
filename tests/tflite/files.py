"""Models as .tflite files, made in this process (the story with child processes has tests of its own in tests/export)."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tf2kit.export import Exportable, parity, samples
from tf2kit.export.sources import Loaded, Request, load


@dataclass(frozen=True)
class Made:
    """A file, what the converter said, and the model that it was made from."""

    path: Path
    info: dict[str, Any]
    loaded: Loaded

    @property
    def model(self) -> Exportable:
        return self.loaded.exportable

    def run(self, name: str, given: Mapping[str, np.ndarray]) -> Mapping[str, np.ndarray]:
        """A signature in LiteRT."""
        from tf2kit.tflite import run

        return run.run(self.path, self.model.signatures[name], given, 0, {}).outputs

    def error(self, given: Mapping[str, np.ndarray] | None = None, count: int = 5) -> float:
        """The largest |a-b| / max(1, |a|) of all outputs of all signatures that can be compared."""
        found = []
        for name, signature in self.model.signatures.items():
            if signature.pure:
                inputs = given or samples.draw(signature, count)
                found += parity.compare(self.loaded.calls[name](inputs), self.run(name, inputs))
        return max(row.max_rel for row in found)


def make(model: str, out: Path, options: Mapping[str, Any] | None = None, **request: Any) -> Made:
    """Convert a model; `request` is what `Request` takes."""
    folder = Path(tempfile.mkdtemp(dir=out.parent))
    return again(load(Request(model, **request), folder), out, options)


def again(loaded: Loaded, out: Path, options: Mapping[str, Any] | None = None) -> Made:
    """Convert a model that was loaded before."""
    from tf2kit.tflite.convert import convert

    return Made(out, convert(loaded.exportable, out, options or {}), loaded)
