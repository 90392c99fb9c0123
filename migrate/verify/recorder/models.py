"""Keras models and Estimators: what fit, evaluate, predict and their relatives return."""

from __future__ import annotations

import functools
import importlib
import inspect
from typing import Any, Callable

import numpy as np

from .frames import own_place
from .imports import Watcher
from .recorder import Recorder

_MODELS = (
    ("tensorflow.python.keras.engine.training", "Model"),
    ("tensorflow.python.keras.engine.training_v1", "Model"),
    ("tf_keras.src.engine.training", "Model"),
    ("tf_keras.src.engine.training_v1", "Model"),
    ("keras.src.trainers.trainer", "Trainer"),
    ("keras.src.backend.tensorflow.trainer", "TensorFlowTrainer"),
    ("keras.engine.training", "Model"),
)
_ROOTS = ("tf_keras.src", "tensorflow.python.keras", "keras.src", "keras")
_METHODS = ["fit", "evaluate", "predict"]
_METHODS += [name + "_generator" for name in _METHODS] + ["train_on_batch", "test_on_batch", "predict_on_batch"]
_RATES = ("lr", "learning_rate")  # a History has them when a callback changes them


def install(watcher: Watcher, recorder: Recorder) -> None:
    """Watch models and Estimators, wherever they come from."""
    for name, cls in _MODELS:
        watcher.after(name, functools.partial(_model, recorder, cls))
    watcher.after("tensorflow_estimator.python.estimator.estimator", functools.partial(_estimator, recorder))


def _model(recorder: Recorder, name: str, module: Any) -> None:
    cls = getattr(module, name, None)
    for method in _METHODS:
        if cls is not None and method in vars(cls):
            setattr(cls, method, _recorded(recorder, method, getattr(cls, method)))


def _recorded(recorder: Recorder, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    fits = name.startswith("fit")

    @functools.wraps(method)
    def recorded(model: Any, *args: Any, **kwargs: Any) -> Any:
        if not recorder.listening:
            return method(model, *args, **kwargs)
        place, _ = own_place(())
        call = functools.partial(method, model, *args, **kwargs)
        if fits and recorder.cap:
            call = recorder.safely(_counting, recorder, method, model, args, kwargs) or call
        with recorder.inside():
            result = call()
        value = _history(result) if fits else result
        if not name.startswith("predict"):
            value = _floats(value)
        trains = fits or name == "train_on_batch"
        recorder.call(name.replace("_generator", ""), place, value, trains, True, _metric_names(model, value))
        return result

    return recorded


def _history(result: Any) -> Any:
    """What fit returned, by metric, without the learning rate, which is no result."""
    return {name: values for name, values in getattr(result, "history", {}).items() if name not in _RATES}


def _floats(metrics: Any) -> Any:
    """Metrics as Python's floats: which of them NumPy averaged, and so has in single precision, differs between versions of Keras."""
    if isinstance(metrics, dict):
        return {name: _floats(values) for name, values in metrics.items()}
    if isinstance(metrics, (list, tuple)):
        return [_floats(value) for value in metrics]
    return float(metrics) if isinstance(metrics, np.floating) else metrics


def _metric_names(model: Any, result: Any) -> dict[str, str] | None:
    """Names of the numbers that evaluate and train_on_batch return as a list."""
    names = getattr(model, "metrics_names", None)
    if not names or not isinstance(result, (list, tuple)) or len(names) != len(result):
        return None
    return {str(i): name for i, name in enumerate(names)}


def _counting(recorder: Recorder, method: Any, model: Any, args: Any, kwargs: Any) -> Callable[[], Any]:
    """The call of fit with one more callback, which counts each batch as a step; only capped programs get it."""
    root = next(r for parent in type(model).__mro__ for r in _ROOTS if parent.__module__.startswith(r + "."))
    base = importlib.import_module(root + ".callbacks").Callback
    counter = type("Counter", (base,), {"on_batch_end": lambda self, batch, logs=None: recorder.step()})()
    bound = inspect.signature(method).bind(model, *args, **kwargs)
    given = bound.arguments.get("callbacks")
    own = list(given) if isinstance(given, (list, tuple)) else [given] if given else []
    bound.arguments["callbacks"] = [*own, counter]
    return functools.partial(method, *bound.args, **bound.kwargs)


def _estimator(recorder: Recorder, module: Any) -> None:
    """Estimators train and predict in a MonitoredSession, whose runs are recorded; here is what evaluate returns."""
    evaluate = module.Estimator.evaluate

    @functools.wraps(evaluate)
    def recorded(estimator: Any, *args: Any, **kwargs: Any) -> Any:
        wanted = recorder.listening
        place, _ = own_place(())
        with recorder.inside():
            result = evaluate(estimator, *args, **kwargs)
        if wanted:
            recorder.call("evaluate", place, result, False, False)
        return result

    module.Estimator.evaluate = recorded
