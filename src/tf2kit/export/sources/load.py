"""Looks what a model is, and has it written as a SavedModel."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from ..errors import ExportError
from ..signatures import Exportable
from . import keras_files

Arrays: TypeAlias = Mapping[str, np.ndarray]
Call: TypeAlias = Callable[[Arrays], dict[str, np.ndarray]]

KINDS = "a .keras or .h5 file, a SavedModel, a frozen graph (.pb), a checkpoint with .meta, or module:callable"


@dataclass(frozen=True)
class Request:
    """What is asked for.

    Attributes:
      model: a path, or module:callable.
      inputs: tensors of a graph that are inputs, each ``tensor`` or ``name=tensor``.
      outputs: the same for outputs.
      signatures: names of those to export; empty for all.
      batch: size of the first axis where the model leaves it open.
      unsafe: whether code that lies in a file may run (Lambda layers).
    """

    model: str
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    batch: int | None = None
    unsafe: bool = False

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Request:
        """From what `dataclasses.asdict` made of one, after JSON made lists of tuples."""
        fields: dict[str, Any] = {k: tuple(value) if isinstance(value, list) else value for k, value in data.items()}
        return Request(**fields)


@dataclass(frozen=True)
class Loaded:
    """The model as a SavedModel, and how the original is called.

    Attributes:
      exportable: the SavedModel.
      calls: signature → the original as a function from arrays to arrays.
    """

    exportable: Exportable
    calls: Mapping[str, Call]


def load(request: Request, workdir: Path) -> Loaded:
    """Write the model as a SavedModel into `workdir`, unless it is one already.

    Raises:
      ExportError: it is not there, is not what its name says, or does not say what its inputs are.
    """
    kind = _kind(request)
    from . import graphs, keras_models, modules, saved_models

    path = Path(request.model)
    if kind == "saved_model":
        return saved_models.load(request, path.parent if path.name == "saved_model.pb" else path, workdir)
    readers = {
        "module": modules.load,
        "checkpoint": graphs.load_checkpoint,
        "frozen": graphs.load_frozen,
        "keras": keras_models.load,
    }
    return readers[kind](request, workdir)


def _kind(request: Request) -> str:
    """What the model is, by its name and a look into it. Mistakes are found here, before TensorFlow takes its time to start."""
    path = Path(request.model)
    if path.suffix == ".meta" or path.with_name(path.name + ".meta").is_file():
        return "checkpoint"
    if not path.exists():
        if ":" in request.model:
            return "module"
        raise ExportError(f"There is no model {path}.", todo=f"A model is {KINDS}.", usage=True)
    if path.is_dir() or path.name == "saved_model.pb":
        return "saved_model"
    if path.suffix == ".pb":
        return "frozen"
    if path.suffix in keras_files.SUFFIXES:
        keras_files.check(path, request.unsafe)
        return "keras"
    zipped = zipfile.is_zipfile(path)
    hint = "It is a zip file; is it a .keras model? Then rename it." if zipped else f"A model is {KINDS}."
    raise ExportError(f"{path} is no kind of model that is known by its name.", todo=hint, usage=True)
