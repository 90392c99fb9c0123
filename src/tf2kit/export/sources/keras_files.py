"""What a file of Keras says about itself, before anything in it is trusted and before TensorFlow is started."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import ExportError

SUFFIXES = (".keras", ".h5", ".hdf5")


def check(path: Path, unsafe: bool) -> None:
    """Look whether the file is a model of Keras, and whether code of it would run.

    Raises:
      ExportError: it is none, it is damaged, or it has a Lambda layer and `unsafe` is not set.
    """
    if "Lambda" in _classes(_config(path)) and not unsafe:
        message = f"{path} has a Lambda layer: Python code that would run when the model is loaded."
        raise ExportError(message, op="Lambda", todo="If you trust whoever made the file, give --unsafe.", usage=True)


def _config(path: Path) -> Any:
    try:
        if path.suffix == ".keras":
            with zipfile.ZipFile(path) as archive:
                return json.loads(archive.read("config.json"))
        import h5py

        with h5py.File(path) as file:
            return json.loads(file.attrs["model_config"])
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        message = f"{path} is no Keras model: {' '.join(str(error).split())}."
        todo = "Write it with model.save(…); weights alone (save_weights) are not enough, and pickles are never loaded."
        raise ExportError(message, todo=todo, usage=True) from error


def _classes(config: Any) -> set[str]:
    """Names of all classes in a configuration."""
    if isinstance(config, Mapping):
        own = {config["class_name"]} if isinstance(config.get("class_name"), str) else set()
        return own.union(*map(_classes, config.values()))
    if isinstance(config, Sequence) and not isinstance(config, str):
        return set().union(*map(_classes, config))
    return set()
