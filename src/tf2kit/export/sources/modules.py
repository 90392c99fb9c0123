"""``module:callable``: a function of the user that returns a model."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import Any

import tensorflow as tf

from ...cli_errors import unknown
from ..errors import ExportError
from . import keras_models, saved_models
from .load import Loaded, Request

NAME = "serving_default"


def load(request: Request, workdir: Path) -> Loaded:
    """Import the module, which may lie in the working directory, and take what its function returns.

    That is a Keras model, a `tf.Module` with functions that have an `input_signature`, or one such function.

    Raises:
      ExportError: there is no such function, it fails, or returns something else.
    """
    made = resolve(request.model)
    if (
        not isinstance(made, tf.types.experimental.PolymorphicFunction)
        and not hasattr(made, "variables")
        and callable(made)
    ):
        try:
            made = made()
        except Exception as error:  # code of the user
            raise ExportError(f"{request.model} failed: {type(error).__name__}: {error}", usage=True) from error
    if hasattr(made, "predict_on_batch"):
        return keras_models.from_model(made, request, workdir)
    module, functions = _functions(made, request.model)
    folder = workdir / "saved_model"
    tf.saved_model.save(module, str(folder), signatures=functions)
    return saved_models.load(request, folder, workdir, kind="tf.Module")


def resolve(word: str) -> Any:
    """What ``module:name`` names.

    Raises:
      ExportError: no such module or name, or importing it fails.
    """
    module_name, _, name = word.partition(":")
    if os.getcwd() not in sys.path:
        sys.path.insert(0, os.getcwd())
    try:
        module = importlib.import_module(module_name)
    except Exception as error:  # code of the user
        message = f"The module {module_name} of {word} cannot be imported: {type(error).__name__}: {error}"
        raise ExportError(message, usage=True) from error
    if not hasattr(module, name):
        public = [n for n in vars(module) if not n.startswith("_")]
        raise ExportError(unknown(f"in the module {module_name}", name, public), usage=True)
    return getattr(module, name)


def _functions(made: Any, word: str) -> tuple[Any, dict[str, Any]]:
    """Something that owns the variables, and its functions by name."""
    if isinstance(made, tf.types.experimental.PolymorphicFunction):
        module = tf.Module()
        module.function = made
        return module, {NAME: made}
    if isinstance(made, tf.Module):
        functions = {
            name: value
            for name in dir(type(made))
            if isinstance(value := getattr(made, name), tf.types.experimental.PolymorphicFunction)
            and value.input_signature
        }
        if functions:
            return made, functions
    message = f"{word} returned {type(made).__name__}, which is nothing that can be exported."
    todo = "Return a Keras model, a tf.Module whose functions have an input_signature, or one such function."
    raise ExportError(message, todo=todo, usage=True)
