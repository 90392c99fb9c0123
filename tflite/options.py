"""What can be asked for, checked before anything heavy is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from tf2kit.export import ExportError

# quantisation → largest error that passes unless --max-error says otherwise: |a-b| <= error * max(1, |a|)
ERRORS: Mapping[str, float] = {
    "float32": 1e-5,
    "float16": 1e-3,
    "dynamic": 0.05,
    "int8": 0.1,
    "int8-io": 0.1,
    "int16x8": 0.05,
}
CALIBRATED = ("int8", "int8-io", "int16x8")
AUTO = "auto"


@dataclass(frozen=True)
class Options:
    """How a model becomes a .tflite file.

    Attributes:
      quantize: a key of `ERRORS`, or auto: the smallest file whose error stays within `max_error`.
      representative: inputs to calibrate on, ``file.npz`` or ``module:callable``.
      max_error: largest error; None for that of the quantisation.
      select_ops: whether ops of TensorFlow may stay in the file; no Python runtime has them, so it cannot be proven.
      metadata: what `metadata.Description` takes.
      c_array: whether C++ source of the file is written beside it.
      layers: how many of the layers with the largest quantisation error are listed.
    """

    quantize: str = "float32"
    representative: str | None = None
    max_error: float | None = None
    select_ops: bool = False
    metadata: Mapping[str, Any] | None = None
    c_array: bool = False
    layers: int = 0

    @staticmethod
    def of(given: Mapping[str, Any]) -> Options:
        """From data; keys that are not ours are others'.

        Raises:
          ExportError: a value makes no sense, or two do not go together.
        """
        names = {field.name for field in fields(Options)}
        options = Options(**{key: value for key, value in given.items() if key in names and value is not None})
        words = (*ERRORS, AUTO)
        if options.quantize not in words:
            raise _usage(f'There is no quantisation "{options.quantize}".', f"Choose one of {', '.join(words)}.")
        if options.quantize in CALIBRATED and not options.representative:
            raise _usage(
                f"{options.quantize} needs inputs to calibrate on: its scales are those of what flows through the model.",
                "Give --representative data.npz (one array for each input, samples along the first axis) or "
                "module:callable; a hundred or more samples of real data.",
            )
        if options.layers and options.quantize not in (*CALIBRATED, AUTO):
            raise _usage(
                f"Layers of {options.quantize} files are not measured: only those of calibrated files are integers.",
                f"Choose one of {', '.join(CALIBRATED)}, or leave --layers out.",
            )
        if options.max_error is not None and not 0 < options.max_error < float("inf"):
            raise _usage(f"A largest error of {options.max_error} lets nothing pass.", "Give a number above 0.")
        return options

    def to_json(self) -> dict[str, Any]:
        """As data for `of`."""
        return asdict(self)

    @property
    def tolerance(self) -> float:
        """Largest error that passes."""
        return self.max_error if self.max_error is not None else ERRORS.get(self.quantize, ERRORS["float16"])


def _usage(message: str, todo: str) -> ExportError:
    return ExportError(message, todo=todo, usage=True)
