"""Keras models: files of Keras 3 and 2, functional, sequential and subclassed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

from ..errors import ExportError
from . import saved_models
from .load import Arrays, Call, Loaded, Request

NAME = "serving_default"


def load(request: Request, workdir: Path) -> Loaded:
    """Read a .keras or .h5 file that `keras_files` has checked.

    Raises:
      ExportError: it cannot be loaded, or does not know its inputs.
    """
    return from_model(_read(Path(request.model), request.unsafe), request, workdir)


def _read(path: Path, unsafe: bool) -> Any:
    """The model. Old .h5 files that Keras 3 cannot read are read by Keras 2."""
    import keras

    try:
        return keras.models.load_model(path, compile=False, safe_mode=not unsafe)
    except Exception as error:  # Keras raises whatever a configuration makes it raise
        if path.suffix != ".keras":
            import tf_keras

            try:
                return tf_keras.models.load_model(path, compile=False)
            except Exception:  # what Keras 3 said is more useful
                pass
        message = f"{path} cannot be loaded: {' '.join(str(error).split())[:500]}"
        todo = (
            "Own classes are not in the file: give module:callable, a function of yours that returns the loaded model."
        )
        raise ExportError(message, todo=todo, usage=True) from error


def from_model(model: Any, request: Request, workdir: Path) -> Loaded:
    """Write a model that is in memory as a SavedModel with the names of its inputs and outputs."""
    specs, outputs, forward = _interface(model)
    specs = {k: tf.TensorSpec(saved_models.fixed(s.shape, request.batch), s.dtype, k) for k, s in specs.items()}
    module = tf.Module()
    # TensorFlow Lite's converter does not find variables below the layers of Keras 3
    module.model_variables = [v if isinstance(v, tf.Variable) else v.value for v in model.variables]
    function = tf.function(lambda **arguments: outputs(forward(arguments, model))).get_concrete_function(**specs)
    if _uses_more(function, module.model_variables):
        module.model = model
    folder = workdir / "saved_model"
    tf.saved_model.save(module, str(folder), signatures={NAME: function})
    written = Request(request.model, signatures=request.signatures)
    loaded = saved_models.load(written, folder, workdir, kind="Keras model")
    return Loaded(loaded.exportable, {NAME: _predict(model, forward, outputs)})


def _uses_more(function: Any, variables: list[tf.Variable]) -> bool:
    """Whether there are tables, or variables that Keras does not know. Only then layers are saved, which takes four times as long."""
    known = {id(variable.handle) for variable in variables}
    return any(outside.dtype == tf.resource and id(outside) not in known for outside, _ in function.graph.captures)


Forward = Callable[[Mapping[str, Any], Callable[[Any], Any]], Any]
Named = Callable[[Any], dict[str, Any]]


def _interface(model: Any) -> tuple[dict[str, tf.TensorSpec], Named, Forward]:
    """Inputs by name, how results get names, and how the model is called with inputs by name.

    Raises:
      ExportError: the model was never called, so that it does not know its inputs.
    """
    structure = _structure(model)
    if structure is None:
        message = f"The model {model.name} was never called, so the shapes of its inputs are not known."
        raise ExportError(message, todo="Call it once on data before it is saved or returned.", usage=True)
    names = _names(structure, [_plain(x.name) for x in _flat(structure)])
    specs = {n: tf.TensorSpec(x.shape, x.dtype, n) for n, x in zip(names, _flat(structure), strict=True)}

    def forward(arrays: Mapping[str, Any], call: Callable[[Any], Any]) -> Any:
        return call(tf.nest.pack_sequence_as(structure, [arrays[name] for name in names]))

    def named(results: Any) -> dict[str, Any]:
        flat = tf.nest.flatten(results)
        own = list(getattr(model, "output_names", None) or [])
        own = (
            own if len(own) == len(flat) else ["output" if len(flat) == 1 else f"output_{i}" for i in range(len(flat))]
        )
        return dict(zip(_names(results, own), flat, strict=True))

    return specs, named, forward


def _structure(model: Any) -> Any:
    """Inputs as the model takes them: one tensor, or a list or dict of them; None where they are not known."""
    for owner in (model, getattr(model, "_functional", None)):
        structure = getattr(owner, "_inputs_struct", None)
        if structure is not None:
            return structure
    inputs = getattr(model, "inputs", None)
    if not inputs:
        return _built(model)
    return inputs[0] if len(inputs) == 1 else inputs


def _built(model: Any) -> Any:
    """Inputs of a subclassed model from the shapes that it was built with; its first call fixed them."""
    shapes = getattr(model, "_build_shapes_dict", None)
    if not shapes:
        return None
    made = {
        re.sub("_shape$", "", name).replace("input", "inputs").replace("inputss", "inputs"): tf.TensorSpec(
            [None, *shape[1:]], model.dtype
        )
        for name, shape in shapes.items()
    }
    named = {name: tf.TensorSpec(spec.shape, spec.dtype, name) for name, spec in made.items()}
    return next(iter(named.values())) if len(named) == 1 else named


def _flat(structure: Any) -> list[Any]:
    return list(tf.nest.flatten(structure))


def _names(structure: Any, otherwise: list[str]) -> list[str]:
    """Keys of a flat dict, in the order of tf.nest, which sorts them; other structures get the names that the model has for them."""
    if isinstance(structure, Mapping) and not any(isinstance(x, (Mapping, list, tuple)) for x in structure.values()):
        return [_plain(key) for key in sorted(structure)]
    plain = [_plain(name) for name in otherwise]
    return plain if len(set(plain)) == len(plain) else [f"{name}_{index}" for index, name in enumerate(plain)]


def _plain(name: str) -> str:
    """A name that an argument may have."""
    return re.sub(r"\W", "_", str(name).partition(":")[0])


def _predict(model: Any, forward: Forward, named: Named) -> Call:
    """The model as its users call it."""

    def call(arrays: Arrays) -> dict[str, np.ndarray]:
        tensors = {name: tf.constant(array) for name, array in arrays.items()}
        return {name: np.asarray(value) for name, value in named(forward(tensors, model.predict_on_batch)).items()}

    return call
