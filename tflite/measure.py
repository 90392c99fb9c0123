"""What quantisation costs: files of one model against its float32 file, all run in LiteRT.

The float32 file stands for the original here, which it is proven to equal; so nothing but LiteRT is needed to measure. Each conversion has
a child process of its own: TensorFlow's quantiser ends the process on some models.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tf2kit.export import Exportable, ExportError, Signature, child, parity, samples

from . import layers, representative, run
from .options import CALIBRATED, Options

_DRAWN = 16
_COARSE, _FINE = (*CALIBRATED, "dynamic"), ("float16", "float32")


@dataclass(frozen=True)
class Tried:
    """One quantisation.

    Attributes:
      quantize: which.
      size: of the file in bytes; 0 where it could not be made.
      error: largest |a-b| / max(1, |a|) of all outputs.
      why: why there is no file.
    """

    quantize: str
    size: int
    error: float
    why: str = ""


def smallest(exportable: Exportable, options: Mapping[str, Any], folder: Path) -> tuple[str, list[Tried]]:
    """The quantisation with the smallest file whose error is allowed, and all that were tried; its file is ``folder/<name>.tflite``.

    The coarse ones come first; finer ones are tried only where none of these is good enough.

    Raises:
      ExportError: not even float32 can be converted.
    """
    wanted = Options.of(options)
    file(exportable, options, "float32", folder)
    tried: list[Tried] = []
    for group in (_COARSE, _FINE):
        modes = [m for m in group if m != "int8-io" and (m not in CALIBRATED or wanted.representative)]
        tried += [_try(exportable, options, mode, folder) for mode in modes]
        fitting = [row for row in tried if row.size and row.error <= wanted.tolerance]
        if fitting:
            return min(fitting, key=lambda row: row.size).quantize, tried
    raise AssertionError("float32 equals itself")


def _try(exportable: Exportable, options: Mapping[str, Any], mode: str, folder: Path) -> Tried:
    try:
        made = file(exportable, options, mode, folder)
        return Tried(mode, made.stat().st_size, _error(exportable, options, made, folder / "float32.tflite"))
    except ExportError as error:
        return Tried(mode, 0, float("inf"), str(error).partition("\n")[0])


def file(exportable: Exportable, options: Mapping[str, Any], mode: str, folder: Path) -> Path:
    """Convert in a child process, unless that was done; nothing but the quantisation is as asked."""
    path = folder / f"{mode}.tflite"
    if not path.exists():
        plain = {"representative": options.get("representative"), "quantize": mode}
        asked = {"function": "tf2kit.tflite.convert:convert", "exportable": exportable.to_json(), "out": str(path)}
        child.call("tf2kit.export.entry:convert", child.Message({**asked, "options": plain}))
    return path


def _error(exportable: Exportable, options: Mapping[str, Any], made: Path, plain: Path) -> float:
    worst = 0.0
    for signature in filter(lambda s: s.pure, exportable.signatures.values()):
        here, there = (run.caller(path, signature.name) for path in (made, plain))
        for batch in _batches(signature, options):
            worst = max(worst, *(error.max_rel for error in parity.compare(there(batch), here(batch))))
    return worst


def worst_layers(
    exportable: Exportable, options: Mapping[str, Any], made: Path, count: int, folder: Path
) -> list[dict[str, Any]]:
    """The layers of the first signature that quantisation hurts most, worst first; see `layers.LayerError`."""
    signature = exportable.main
    plain = file(exportable, options, "float32", folder)
    first = next(_batches(signature, options))
    return [asdict(row) for row in layers.worst(made, plain, signature.name, first, count)]


def _batches(signature: Signature, options: Mapping[str, Any]) -> Iterator[dict[str, np.ndarray]]:
    """Calibration samples where there are some, else drawn ones."""
    return representative.batches(
        representative.sample(options, signature) or samples.draw(signature, _DRAWN), signature
    )


def sentences(tried: list[Tried], chosen: str) -> list[str]:
    """What was tried, for people."""
    rows = [
        f"{row.quantize}: {row.why}" if row.why else f"{row.quantize}: {row.size / 1e3:.1f} kB, error {row.error:.1e}"
        for row in tried
    ]
    return [f"Of the quantisations tried, {chosen} is the smallest that is exact enough ({'; '.join(rows)})."]
