"""The zoo: models of all kinds on which every exporter is tried. ``python -m tests.export.zoo FOLDER`` writes all of them.

Weights are seeded and then perturbed: what is zero or one in a new model (biases, scales, moving averages) would hide mistakes.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Animal:
    """A model of the zoo.

    Attributes:
      file: what it is called in the folder; empty where it is reached as module:callable.
      inputs: what --inputs needs, for graphs that do not say it themselves.
      outputs: the same for --outputs.
      signature: for targets that hold one signature, which one.
    """

    file: str
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()


_KERAS = (
    "mlp", "cnn", "sepconv", "mobilenetv2", "resnet50", "efficientnetb0", "lstm", "gru", "bilstm", "embedding_conv1d",
    "causal_transformer", "text_vectorization", "tabular_strings", "tabular_numbers", "multi_io", "subclassed", "autoencoder",
)  # fmt: skip
ANIMALS: Mapping[str, Animal] = {
    **{name: Animal(f"{name}.keras") for name in _KERAS},
    "subclassed": Animal(""),
    "two_signatures": Animal("two_signatures", signature=("score",)),
    "while_loop": Animal("while_loop"),
    "frozen_graph": Animal("frozen_graph.pb", ("x",), ("probabilities",)),
    "checkpoint": Animal("model.ckpt.meta", ("x",), ("probabilities", "logits")),
    "saved_model_1": Animal("saved_model_1"),
}
LARGE = ("mobilenetv2", "resnet50", "efficientnetb0")


def build(name: str, folder: Path) -> str:
    """The model of that name as something to export: a path in `folder`, or module:callable. Built once per folder.

    Several processes may ask for the same one: it is built beside its place and then moved there.
    """
    animal = ANIMALS[name]
    if not animal.file:
        return f"tests.export.zoo:{name}"
    path = folder / animal.file
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as work:
            _write(name, Path(work) / animal.file)
            # what belongs together, the file that is asked for last
            for made in sorted(Path(work).iterdir(), key=lambda p: p.name == animal.file):
                _move(made, folder / made.name)
    return str(path)


def _move(made: Path, place: Path) -> None:
    try:
        os.replace(made, place)
    except OSError:  # a folder that another process has put there
        if not place.exists():
            raise


def _write(name: str, path: Path) -> None:
    if path.suffix == ".keras":
        perturbed(name).save(path)
        return
    from . import zoo_tf

    write: Callable[[Path], None] = getattr(zoo_tf, name)
    write(path.with_suffix("") if path.suffix == ".meta" else path)


def perturbed(name: str) -> Any:
    """The Keras model of that name, with weights as if it had been trained."""
    import numpy as np
    import tensorflow as tf

    from . import zoo_keras

    tf.keras.utils.set_random_seed(sum(name.encode()))
    model = getattr(zoo_keras, name)()
    draw = np.random.default_rng(len(name))
    for weight in model.trainable_weights:
        kind = weight.path.rsplit("/", 1)[-1]
        if kind in ("gamma", "alpha", "bias", "beta"):
            noise = draw.normal(0, 0.1, weight.shape)
            if kind == "gamma":
                noise = noise * weight.numpy()
            weight.assign(weight.numpy() + noise.astype(np.float32))
    _settle(model, draw)
    return model


def _settle(model: Any, draw: Any) -> None:
    """Let batch normalizations see data: deep networks with other statistics than their own only put out zeros or infinities."""
    import tensorflow as tf

    normal = [layer for layer in model.layers if isinstance(layer, tf.keras.layers.BatchNormalization)]
    if not normal:
        return
    # as samples.draw draws them
    images = draw.normal(size=(16, *model.input_shape[1:]))
    momenta = [layer.momentum for layer in normal]
    for layer in normal:
        layer.momentum = 0.0
    model(images.astype("float32"), training=True)
    for layer, momentum in zip(normal, momenta, strict=True):
        layer.momentum = momentum


def subclassed() -> Any:
    """For module:callable; the class is not known to whoever loads a file."""
    return perturbed("subclassed")


if __name__ == "__main__":
    for animal in ANIMALS:
        print(build(animal, Path(sys.argv[1])), flush=True)
