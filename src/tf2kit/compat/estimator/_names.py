"""The names of tf.estimator and of the modules below it, read from tensorflow_estimator when they are first used."""

from __future__ import annotations

import importlib
import re
import types
from collections.abc import Callable
from typing import Any

from .._estimator import has_keras2, load
from .._explain import explain

_ROOT = __name__.rpartition(".")[0]
_NEEDS_KERAS2 = re.compile(r"(DNN|Linear)\w+|\w+Head|(dnn|linear)_logit_fn_builder")


def names_of(package: str) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """The module-level ``__getattr__`` and ``__dir__`` of a module of tf.estimator."""
    part = package.removeprefix(_ROOT)

    def module_dir() -> list[str]:
        return [name for name in dir(load("_api.v1.estimator" + part)) if not name.startswith("_")]

    def module_getattr(name: str) -> Any:
        if name == "__all__":
            return module_dir()
        if name.startswith("__"):
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        try:
            value = getattr(load("_api.v1.estimator" + part), name)
        except AttributeError:
            raise AttributeError(explain(f"tf.estimator{part}.{name}")) from None
        if _NEEDS_KERAS2.fullmatch(name) and not has_keras2():
            raise ImportError(
                f"tf.estimator{part}.{name} needs Keras 2: install tf_keras and set TF_USE_LEGACY_KERAS=1 "
                "before TensorFlow is first imported (`tf2kit explain RUN402`)."
            )
        return importlib.import_module(f"{package}.{name}") if isinstance(value, types.ModuleType) else value

    return module_getattr, module_dir
