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
    from . import graphs, keras_models, modules, saved_models

    path = Path(request.model)
    if not path.exists() and ":" in request.model and not graphs.is_checkpoint(path):
        return modules.load(request, workdir)
    if graphs.is_checkpoint(path):
        return graphs.load_checkpoint(request, workdir)
    if not path.exists():
        raise ExportError(f"There is no model {path}.", todo=f"A model is {KINDS}.", usage=True)
    if path.is_dir():
        return saved_models.load(request, path, workdir)
    if path.name == "saved_model.pb":
        return saved_models.load(request, path.parent, workdir)
    if path.suffix == ".pb":
        return graphs.load_frozen(request, workdir)
    if path.suffix in (".keras", ".h5", ".hdf5"):
        return keras_models.load(request, workdir)
    hint = (
        "It is a zip file; is it a .keras model? Then rename it."
        if zipfile.is_zipfile(path)
        else f"A model is {KINDS}."
    )
    raise ExportError(f"{path} is no kind of model that is known by its name.", todo=hint, usage=True)
