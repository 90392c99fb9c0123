"""What a target brings: a converter and a runtime. `story.py` calls both in child processes, which a crash does not survive but we do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from .signatures import Exportable, Signature


@dataclass(frozen=True)
class Ran:
    """What an artefact answered.

    Attributes:
      outputs: by name in the signature.
      load: seconds until it could be called, or None.
      latency: threads → median seconds of a call with one sample; a runtime that has no threads to choose says 1.
    """

    outputs: Mapping[str, np.ndarray]
    load: float | None = None
    latency: Mapping[int, float] = field(default_factory=dict)


class Convert(Protocol):
    """Writes an artefact; runs in a child process, with TensorFlow.

    `out` does not exist; it becomes a file, or a folder where the target writes folders. The result is what the report shows about the
    artefact, as JSON data: the key "notes" is a list of sentences, "ops" counts ops by type.

    Raises:
      ExportError: (or `lower.LoweringError`) an op cannot be exported, or an option makes no sense.
    """

    def __call__(self, exportable: Exportable, out: Path, options: Mapping[str, Any]) -> dict[str, Any]:
        """Write `out`."""


class Run(Protocol):
    """Runs an artefact in its real runtime; in a child process.

    `samples` has an array for each input, the first axis being samples where the signature leaves it open. `repeats` is how many calls
    are timed, 0 for none.
    """

    def __call__(
        self,
        artefact: Path,
        signature: Signature,
        samples: Mapping[str, np.ndarray],
        repeats: int,
        options: Mapping[str, Any],
    ) -> Ran:
        """Run `artefact`."""


def exact(_: Mapping[str, Any]) -> float:
    """What rounding to float32 in another order leaves."""
    return 1e-5


@dataclass(frozen=True)
class Target:
    """A form of artefact.

    Attributes:
      name: the word of the command line.
      title: its name in text.
      convert: ``module:function``, a `Convert`.
      runs: name of a runtime (such as cpu or wasm) → ``module:function``, a `Run`. All of them are compared.
      needs: raises `RuntimeMissingError` where a converter or runtime is not installed; imports nothing heavy.
      several: whether one artefact holds several signatures; else it gets the first one.
      suffix: of the artefact's name; empty where the artefact is a folder.
      tolerance: options → largest error that still counts as equal: |a-b| <= tolerance * max(1, |a|).
      sampler: ``module:function``, from options and a signature to samples, or to None to have them drawn; empty where there is none.
    """

    name: str
    title: str
    convert: str
    runs: Mapping[str, str]
    needs: Callable[[bool], None]
    several: bool = False
    suffix: str = ""
    tolerance: Callable[[Mapping[str, Any]], float] = exact
    sampler: str = ""
