"""Models as SavedModels, as graph models of TF.js, and what both of them say to the same samples."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tf2kit.tfjs import nodejs
from tf2kit.tfjs.convert import convert

from tests.export.zoo import ANIMALS
from tf2kit.export import Exportable, Signature, parity, samples, sources
from tf2kit.export.errors import RuntimeMissingError


@dataclass(frozen=True)
class Written:
    """A graph model, what was said about it, and what the original says to `given`."""

    folder: Path
    info: Mapping[str, Any]
    signature: Signature
    given: Mapping[str, np.ndarray]
    expected: Mapping[str, np.ndarray]

    def worst(self, outputs: Mapping[str, np.ndarray]) -> float:
        """The largest error, in the measure of the gate."""
        return max(error.max_rel for error in parity.compare(self.expected, outputs))


def need_node() -> None:
    """Skip the test where Node.js or its packages are missing; fail in continuous integration."""
    try:
        nodejs.node(), nodejs.packages()
    except RuntimeMissingError as error:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(error.sentence())


def request(name: str, zoo: Callable[[str], str]) -> sources.Request:
    """A model of the zoo, with one signature."""
    animal = ANIMALS[name]
    return sources.Request(zoo(name), animal.inputs, animal.outputs, animal.signature)


def write(request: sources.Request, folder: Path, count: int = 2, **options: Any) -> Written:
    """Any model, through `sources.load`."""
    loaded = sources.load(request, folder)
    exportable = loaded.exportable
    given = samples.draw(exportable.main, count)
    return _written(exportable, folder, given, loaded.calls[exportable.main.name](given), options)


def write_function(
    function: Callable[..., Mapping[str, Any]], given: Mapping[str, np.ndarray], folder: Path, **options: Any
) -> Written:
    """A function of tensors; the first axis is open."""
    import tensorflow as tf

    specs = {
        name: tf.TensorSpec([None, *array.shape[1:]], tf.string if array.dtype == object else array.dtype, name=name)
        for name, array in given.items()
    }
    module = tf.Module()
    call = tf.function(function, autograph=False).get_concrete_function(**specs)
    tf.saved_model.save(module, str(folder / "saved"), signatures={"serving_default": call})
    exportable = sources.load(sources.Request(str(folder / "saved")), folder).exportable
    expected = {name: tensor.numpy() for name, tensor in call(**{k: tf.constant(v) for k, v in given.items()}).items()}
    return _written(exportable, folder, given, expected, options)


def _written(
    exportable: Exportable,
    folder: Path,
    given: Mapping[str, np.ndarray],
    expected: Mapping[str, np.ndarray],
    options: Mapping[str, Any],
) -> Written:
    out = folder / "web"
    return Written(out, convert(exportable, out, options), exportable.main, given, expected)
