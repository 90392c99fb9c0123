"""How an Experiment exports a model.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/export_strategy.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from tensorflow.python.util import tf_inspect

__all__ = ["ExportStrategy"]


class ExportStrategy(NamedTuple):
    """A name, which is a folder below ``export``, and a function of the estimator and that folder."""

    name: str
    export_fn: Callable[..., Any]
    strip_default_attrs: bool | None = None

    def export(
        self, estimator: Any, export_path: str | bytes, checkpoint_path: str | None = None, eval_result: Any = None
    ) -> Any:
        """Call the function with those of the values that it takes; ValueError if it takes ``eval_result`` without ``checkpoint_path``."""
        args = tf_inspect.getfullargspec(self.export_fn).args
        if "eval_result" in args and "checkpoint_path" not in args:
            raise ValueError("An export_fn accepting eval_result must also accept checkpoint_path.")
        offered = {
            "checkpoint_path": checkpoint_path,
            "eval_result": eval_result,
            "strip_default_attrs": self.strip_default_attrs,
        }
        return self.export_fn(estimator, export_path, **{k: v for k, v in offered.items() if k in args})
