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
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")


def load(part: str) -> types.ModuleType:
    """A module of tensorflow_estimator by its path below ``tensorflow_estimator``, with stand-ins for what TensorFlow lost."""
    full = f"tensorflow_estimator.{part}"
    if full in sys.modules:
        return sys.modules[full]
    with _stand_ins():
        return importlib.import_module(full)


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


def _no_coordinator(*_: Any, **__: Any) -> Any:
    raise NotImplementedError(
        "RunConfig(experimental_distribute=…) needs the distribute coordinator, which TensorFlow no longer has; "
        "use train_distribute with a strategy of one machine, or tf.distribute with Keras."
    )


def _module(name: str, **members: Any) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__dict__.update(members)
    return module


def _nothing(name: str) -> Any:
    """Classes of TPU embeddings: they are looked up at import and of no use without a TPU."""
    if name.startswith("__"):
        raise AttributeError(name)
    return type(name, (), {})


_COORDINATOR: dict[str, Callable[..., Any]] = {
    "init_run_config": lambda config, _: setattr(config, "_distribute_coordinator_mode", None),
    "should_run_distribute_coordinator": lambda _: False,
    "train_and_evaluate": _no_coordinator,
    "estimator_train": _no_coordinator,
    "estimator_evaluate": _no_coordinator,
}
_TPU = ("tpu_embedding", "tpu_embedding_gradient", "session_support")


@contextlib.contextmanager
def _stand_ins() -> Iterator[None]:
    """The missing modules, for the time of an import."""
    missing = [
        _module("tensorflow.python.distribute.estimator_training", **_COORDINATOR),
        _module("tensorflow_estimator.python.estimator.estimator_export", estimator_export=_Export),
        *(_module(f"tensorflow.python.tpu.{name}", __getattr__=_nothing) for name in _TPU),
    ]
    parents = {
        m.__name__: importlib.import_module(m.__name__.rpartition(".")[0])
        for m in missing
        if "estimator." not in m.__name__
    }
    sys.modules.update({m.__name__: m for m in missing})
    for module in missing:
        if module.__name__ in parents:
            setattr(parents[module.__name__], module.__name__.rpartition(".")[2], module)
    try:
        yield
    finally:
        for module in missing:
            if module.__name__ in parents:
                del sys.modules[module.__name__]
                delattr(parents[module.__name__], module.__name__.rpartition(".")[2])
