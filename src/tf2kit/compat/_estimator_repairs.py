"""Where tensorflow_estimator 2.15 differs from TensorFlow 1.15, or no longer fits other libraries: `repair` sets it back."""

from __future__ import annotations

import functools
import inspect
import sys
import types
from collections.abc import Callable
from typing import Any

Function = Callable[..., Any]


def repair() -> None:
    """Repair the modules, which must have been imported."""
    exporter = _module("exporter").BestExporter
    exporter.__init__ = _exports_only_what_is_better(exporter.__init__)
    combined = _module("canned.dnn_linear_combined").DNNLinearCombinedEstimator
    combined.__init__ = _order_of_115(combined.__init__)
    head = _module("head.multi_label_head").MultiLabelHead
    head.predictions = _without_classes(head.predictions)
    feeding = _module("inputs.queues.feeding_functions")
    feeding._enqueue_data = _accepts_new_strings(feeding._enqueue_data)
    stopping = _module("early_stopping")
    hook = functools.wraps(stopping.make_early_stopping_hook)(_make_early_stopping_hook)
    public: Any = sys.modules["tensorflow_estimator._api.v1.estimator.experimental"]
    for holder in (stopping, public):
        holder.make_early_stopping_hook = hook


def _module(path: str) -> Any:
    return sys.modules[f"tensorflow_estimator.python.estimator.{path}"]


def _exports_only_what_is_better(original: Function) -> Function:
    """2.15 exports the first result of each process, even if the event files of earlier ones have a better one."""

    @functools.wraps(original)
    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        self._has_exported = True

    return init


def _order_of_115(original: Function) -> Function:
    """2.15 put ``batch_norm`` in front of the last parameter of DNNLinearCombinedEstimator, ``linear_sparse_combiner``."""

    @functools.wraps(original)
    def init(self: Any, head: Any, *args: Any, **kwargs: Any) -> None:
        upto_config = 10
        last = {"linear_sparse_combiner": args[upto_config]} if len(args) > upto_config else {}
        original(self, head, *args[:upto_config], **last, **kwargs)

    signature = inspect.signature(original)
    shown = [p for p in signature.parameters.values() if p.name != "batch_norm"]
    init.__signature__ = signature.replace(parameters=shown)  # type: ignore[attr-defined]
    return init


def _without_classes(original: Function) -> Function:
    """2.15 added the names of all classes to the predictions of MultiLabelHead."""

    @functools.wraps(original)
    def predictions(self: Any, logits: Any, keys: list[str] | None = None) -> Any:
        return original(self, logits, keys or ["logits", "probabilities"])

    return predictions


def _accepts_new_strings(original: Function) -> Function:
    """Pandas 3 has a type of its own for columns of strings, which TensorFlow does not know; pandas of 1.15's time had objects."""

    @functools.wraps(original)
    def enqueue_data(data: Any, *args: Any, **kwargs: Any) -> Any:
        pandas: types.ModuleType | None = sys.modules.get("pandas")
        if pandas is not None and isinstance(data, pandas.DataFrame):
            strings = [c for c in data.columns if isinstance(data[c].dtype, pandas.StringDtype)]
            data = data.astype(dict.fromkeys(strings, object))
        return original(data, *args, **kwargs)

    return enqueue_data


def _make_early_stopping_hook(
    estimator: Any, should_stop_fn: Function, run_every_secs: float | None = 60, run_every_steps: int | None = None
) -> Any:
    # 2.15 means another hook for one strategy, takes it for all of them, and stores another type of variable
    base = _module("estimator").Estimator
    if not isinstance(estimator, base):
        raise TypeError(f"`estimator` must have type `tf.estimator.Estimator`. Got: {type(estimator)}")
    if run_every_secs is not None and run_every_steps is not None:
        raise ValueError("Only one of `run_every_secs` and `run_every_steps` must be set.")
    stopping = _module("early_stopping")
    if estimator.config.is_chief:
        return stopping._StopOnPredicateHook(should_stop_fn, run_every_secs, run_every_steps)
    return stopping._CheckForStoppingHook()
