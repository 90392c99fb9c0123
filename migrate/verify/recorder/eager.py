"""Eager code: calls of tf.function, gradients from tapes, and what optimizers apply. Only the outermost call counts."""

from __future__ import annotations

import functools
import importlib
import weakref
from typing import Any

from .frames import own_place
from .imports import Watcher
from .recorder import Recorder
from .weights import Weights

_FUNCTIONS = (
    "tensorflow.python.eager.def_function",
    "tensorflow.python.eager.polymorphic_function.polymorphic_function",
)
_OPTIMIZERS = (
    ("tensorflow.python.training.optimizer", "Optimizer", "apply_gradients"),
    ("tensorflow.python.keras.optimizer_v2.optimizer_v2", "OptimizerV2", "apply_gradients"),
    ("tf_keras.src.optimizers.legacy.optimizer_v2", "OptimizerV2", "apply_gradients"),
    ("tf_keras.src.optimizers.optimizer", "Optimizer", "apply_gradients"),
    ("keras.src.optimizers.base_optimizer", "BaseOptimizer", "apply"),
)
_ASSIGNMENTS = ("assign", "assign_add", "assign_sub", "scatter_update", "scatter_add", "scatter_sub")
_GENERATOR = "seed_generator_state"  # where Keras keeps what its layers draw next
_HANDING_ON = ("ours", "thin", "standard", "tensorflow")


class Eager:
    """Watches eager code of one run."""

    def __init__(self, recorder: Recorder, weights: Weights) -> None:
        self._recorder, self._weights = recorder, weights
        self._calling: Any = None  # the tf.function whose outermost call is under way
        self._watched: list[Any] = []  # two modules of TensorFlow 2 have the same class of functions
        self._training: Any = weakref.WeakSet()
        self._applied = self._differentiated = 0

    def install(self, watcher: Watcher) -> None:
        """Watch functions, tapes, optimizers and assignments."""
        for name in _FUNCTIONS:
            watcher.after(name, self._functions)
        watcher.after("tensorflow.python.eager.backprop", self._tapes)
        watcher.after("tensorflow.python.ops.resource_variable_ops", self._assignments)
        for name, cls, method in _OPTIMIZERS:
            watcher.after(name, functools.partial(self._optimizer, cls, method))

    def _functions(self, module: Any) -> None:
        cls = getattr(module, "Function", None)
        if cls is None or cls in self._watched:
            return
        call, initialise = cls.__call__, cls._initialize_uninitialized_variables

        @functools.wraps(call)
        def recorded_call(function: Any, *args: Any, **kwargs: Any) -> Any:
            place, caller = own_place(_HANDING_ON)
            if not (self._recorder.listening and caller == "own" and _executing_eagerly()):
                return call(function, *args, **kwargs)
            self._calling = function
            try:
                with self._recorder.inside():
                    result = call(function, *args, **kwargs)
            finally:
                self._calling = None
            self._recorder.call("function", place, result, function in self._training, True)
            return result

        @functools.wraps(initialise)
        def initialised(function: Any, initialisers: Any) -> Any:
            calling, self._calling = self._calling, None  # the assignments of first values are no training
            try:
                result = initialise(function, initialisers)
            finally:
                self._calling = calling
            for item in list(initialisers):  # variables (1.15), or pairs of variable and value
                self._recorder.safely(self._weights.started_in_function, item[0] if isinstance(item, tuple) else item)
            return result

        self._watched.append(cls)
        cls.__call__, cls._initialize_uninitialized_variables = recorded_call, initialised

    def _tapes(self, module: Any) -> None:
        gradient = module.GradientTape.gradient

        @functools.wraps(gradient)
        def recorded(tape: Any, target: Any, *args: Any, **kwargs: Any) -> Any:
            wanted = self._recorder.listening and _executing_eagerly()
            place, _ = own_place(())
            with self._recorder.inside():
                result = gradient(tape, target, *args, **kwargs)
            if wanted:
                self._recorder.call("gradient", place, target, False, False)
                self._differentiated += 1
                if not self._applied and self._differentiated > 1:  # the program updates its weights by hand
                    self._recorder.step()
            return result

        module.GradientTape.gradient = recorded

    def _optimizer(self, name: str, method: str, module: Any) -> None:
        cls = getattr(module, name)
        apply = getattr(cls, method)

        @functools.wraps(apply)
        def recorded(optimizer: Any, *args: Any, **kwargs: Any) -> Any:
            self._mark()
            wanted = self._recorder.listening and _executing_eagerly()
            place, _ = own_place(())
            with self._recorder.inside():
                first = list(args[0]) if args else None
                result = apply(optimizer, *((first, *args[1:]) if args else ()), **kwargs)
            if wanted:
                self._applied += 1
                self._recorder.call("apply", place, _gradients(first), True, False)
            return result

        recorded.autograph_info__ = {}  # type: ignore[attr-defined]
        setattr(cls, method, recorded)

    def _assignments(self, module: Any) -> None:
        """A function in which a variable is assigned to trains."""
        for cls in (module.BaseResourceVariable, module.ResourceVariable):
            for name in _ASSIGNMENTS:
                if name in vars(cls):
                    setattr(cls, name, self._marking(vars(cls)[name]))

    def _marking(self, method: Any) -> Any:
        @functools.wraps(method)
        def marked(variable: Any, *args: Any, **kwargs: Any) -> Any:
            if _GENERATOR not in variable.name:  # a function that draws random numbers does not train
                self._mark()
            result = method(variable, *args, **kwargs)
            if self._is_counter(variable) and own_place(())[1] == "own":
                self._recorder.step()  # it was a run of its own in TensorFlow 1
            return result

        marked.autograph_info__ = {}  # type: ignore[attr-defined]  # AutoGraph need not convert it
        return marked

    def _is_counter(self, variable: Any) -> bool:
        """Whether eager code of the program assigns to a variable that is not trained: a step counter, a rate."""
        listening = self._recorder.listening and self._calling is None and _executing_eagerly()
        return listening and not getattr(variable, "trainable", True)

    def _mark(self) -> None:
        """Note that the function which is being traced trains."""
        if self._calling is not None and not _executing_eagerly():
            self._training.add(self._calling)


def _gradients(pairs: list[Any] | None) -> list[Any]:
    """The gradients of (gradient, variable) pairs, or of a list of gradients."""
    return [pair[0] if isinstance(pair, (tuple, list)) else pair for pair in pairs or []]


def _executing_eagerly() -> bool:
    return bool(importlib.import_module("tensorflow.python.eager.context").executing_eagerly())
