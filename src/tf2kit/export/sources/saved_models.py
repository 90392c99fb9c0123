"""SavedModels of TensorFlow 2 and 1: which signatures they have, and with another batch size."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

from ...cli_errors import unknown
from ..errors import ExportError
from ..signatures import Exportable, Signature, TensorSpec
from . import hints
from .load import Arrays, Call, Loaded, Request

_CHANGING = (
    "Assign",
    "ResourceApply",
    "ResourceScatter",
    "ResourceSparseApply",
    "Save",
    "Restore",
    "WriteFile",
    "MergeV2",
)
# internal: Keras writes its "serve" endpoint beside "serving_default", the same function twice
_DEFAULT, _TWIN = "serving_default", "serve"


def load(request: Request, folder: Path, workdir: Path, kind: str = "SavedModel") -> Loaded:
    """Read the signatures of a SavedModel; write it anew where another batch size is asked for.

    Raises:
      ExportError: it is no SavedModel, has no signatures, or not the one that is asked for.
    """
    loaded = read(folder)
    chosen = _chosen(loaded.signatures, request, folder)
    if request.batch is not None:
        folder = _with_batch(loaded, chosen, request.batch, workdir / "batched")
        loaded = read(folder)
    functions = {name: loaded.signatures[name] for name in chosen}
    signatures = {name: describe(name, function) for name, function in functions.items()}
    calls = {name: call_of(function) for name, function in functions.items()}
    return Loaded(Exportable(folder, signatures, request.model, kind), calls)


@functools.lru_cache(maxsize=1)
def read(folder: Path) -> Any:
    """The loaded SavedModel. The last one is kept, since what converts it asks for it again.

    Raises:
      ExportError: the folder holds none, or it cannot be read.
    """
    if not any((folder / name).is_file() for name in ("saved_model.pb", "saved_model.pbtxt")):
        raise ExportError(f"The folder {folder} holds no SavedModel (no saved_model.pb).", usage=True)
    try:
        return tf.saved_model.load(str(folder))
    except Exception as error:  # damaged files raise whatever they like
        message = f"The SavedModel {folder} cannot be loaded: {' '.join(str(error).split())[:400]}"
        raise ExportError(message, usage=True) from error


def _chosen(signatures: Mapping[str, Any], request: Request, folder: Path) -> list[str]:
    names = [name for name in signatures if name != _TWIN or _DEFAULT not in signatures]
    if not names:
        todo = "Save it with tf.saved_model.save(model, path, signatures=model.function.get_concrete_function(…))."
        raise ExportError(
            f"The SavedModel {folder} has no signatures, so it does not say what can be called.", todo=todo, usage=True
        )
    for name in request.signatures:
        if name not in signatures:
            raise ExportError(unknown(f"a signature of {folder}", name, names), usage=True)
    return list(request.signatures) or sorted(names, key=lambda name: name != _DEFAULT)


def describe(name: str, function: Any) -> Signature:
    """The signature of a loaded concrete function, in the order of its arguments."""
    specs = function.structured_input_signature[1]
    count = len(function.inputs) - len(function.graph.captures)
    order = list(function._arg_keywords or sorted(specs))[:count]
    outputs = {key: _spec(key, value) for key, value in function.structured_outputs.items()}
    pure = not any(op.startswith(_CHANGING) for op in _ops(function))
    inputs = {key: _spec(key, specs[key]) for key in order}
    return Signature(name, hints.added(inputs, function) if pure else inputs, outputs, pure)


def _spec(name: str, tensor: Any) -> TensorSpec:
    shape = None if tensor.shape.rank is None else tuple(tensor.shape.as_list())
    return TensorSpec(name, shape, tensor.dtype.name)


def _ops(function: Any) -> Iterator[str]:
    graph = function.graph.as_graph_def()
    for node in [*graph.node, *(node for f in graph.library.function for node in f.node_def)]:
        yield node.op


def call_of(function: Any) -> Call:
    """A signature as a function from arrays to arrays; graphs of TensorFlow 1 are as good as any."""

    def call(arrays: Arrays) -> dict[str, np.ndarray]:
        return {
            name: value.numpy() for name, value in function(**{k: tf.constant(v) for k, v in arrays.items()}).items()
        }

    return call


def _with_batch(loaded: Any, names: list[str], batch: int, folder: Path) -> Path:
    """The same signatures with `batch` where their first axes are open."""
    module = tf.Module()
    module.kept = loaded
    functions = {}
    for name in names:
        inner = loaded.signatures[name]
        specs = {
            key: tf.TensorSpec(fixed(spec.shape, batch), spec.dtype, key)
            for key, spec in inner.structured_input_signature[1].items()
        }
        functions[name] = tf.function(lambda inner=inner, **arguments: inner(**arguments)).get_concrete_function(
            **specs
        )
    tf.saved_model.save(module, str(folder), signatures=functions)
    return folder


def fixed(shape: tf.TensorShape, batch: int | None) -> tf.TensorShape:
    """The shape with `batch` in front where that size is open."""
    if batch is None or not shape.rank or shape[0] is not None:
        return shape
    return tf.TensorShape([batch, *shape[1:]])
