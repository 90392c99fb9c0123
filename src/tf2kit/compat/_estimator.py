"""tensorflow_estimator 2.15 repaired for TensorFlow 2.21: `load` imports parts of it.

It holds the Estimators of TensorFlow 1.15 with few changes, but was never released again after TensorFlow dropped Estimators (2.16), and
imports internal modules that TensorFlow no longer has. While it is imported, `load` puts stand-ins in their places; TensorFlow itself is
not changed.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
import types
from collections.abc import Iterator
from typing import Any, TypeVar

T = TypeVar("T")
_TPU = tuple(f"tensorflow.python.tpu.{m}" for m in ("tpu_embedding", "tpu_embedding_gradient", "session_support"))


def load(part: str) -> types.ModuleType:
    """A module of tensorflow_estimator by its path below ``tensorflow_estimator``, with stand-ins for what TensorFlow lost."""
    full = f"tensorflow_estimator.{part}"
    if full in sys.modules:
        return sys.modules[full]
    first = "tensorflow_estimator" not in sys.modules  # its __init__ imports all that is public
    with _stand_ins():
        module = importlib.import_module(full)
    if first:
        importlib.import_module("._estimator_repairs", __package__).repair()
    return module


def has_keras2() -> bool:
    """Whether ``tf.keras`` is Keras 2, on which the canned estimators stand."""
    layer: type = importlib.import_module("tensorflow").keras.layers.Layer
    return layer.__module__.startswith("tf_keras.")


class _Export:
    """In place of the decorator that registered names in TensorFlow's API and marked them all as deprecated."""

    def __init__(self, *_: str, v1: list[str] | None = None) -> None:
        pass

    def __call__(self, symbol: T) -> T:
        return symbol


def _nothing(name: str) -> Any:
    """Classes of TPU embeddings: they are looked up at import and of no use without a TPU."""
    if name.startswith("__"):
        raise AttributeError(name)
    return type(name, (), {})


def _module(name: str, **members: Any) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__dict__.update(members)
    return module


@contextlib.contextmanager
def _stand_ins() -> Iterator[None]:
    """The missing modules, for the time of an import."""
    # stays: modules that are loaded later import it too, and the real one would be found then
    export = "tensorflow_estimator.python.estimator.estimator_export"
    sys.modules.setdefault(export, _module(export, estimator_export=_Export))
    cluster = importlib.import_module("._estimator_cluster", __package__)
    missing = {"tensorflow.python.distribute.estimator_training": cluster}
    missing.update({name: _module(name, __getattr__=_nothing) for name in _TPU})
    places = [(importlib.import_module(name.rpartition(".")[0]), name.rpartition(".")[2]) for name in missing]
    sys.modules.update(missing)
    for (parent, name), module in zip(places, missing.values(), strict=True):
        setattr(parent, name, module)
    try:
        yield
    finally:
        for parent, name in places:
            delattr(parent, name)
        for full in missing:
            del sys.modules[full]
