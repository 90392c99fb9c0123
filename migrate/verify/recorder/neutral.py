"""Random operations are noted; where asked, they give the same fixed numbers of their distribution on every version.

Dropout keeps its rate, noise its deviation and initialisers their distribution, so what a program does with random numbers is still
compared; only the generator is taken out of it. The numbers change with every step, because an operation that draws once and one that
draws at every run are not the same program; at the first step at which a line of the program draws, they are those of step 0, so that
weights which are made early in one program and late in the other agree.
"""

from __future__ import annotations

import functools
import importlib
from typing import Any, Callable

import numpy as np

from .frames import Place, made_by_initializer, own_place
from .imports import Watcher
from .recorder import Recorder

_GOLDEN = 2654435769  # 2**32 divided by the golden ratio
_OTHER = 1779033703  # for the second of a pair of uniform draws
_STRIDE = 7919  # how far the numbers of a step are from those of the step before
_BITS = 23  # of a number between 0 and 1, so that float32 holds it exactly
Fixed = Callable[..., Any]


def uniform(shape: Any, step: int, factor: int = _GOLDEN) -> Any:
    """Numbers between 0 and 1, both excluded: element i is the fractional part of a multiple of i."""
    index = np.arange(int(np.prod(shape)), dtype=np.uint64) + np.uint64(1 + step * _STRIDE)
    mixed = (index * np.uint64(factor)) & np.uint64(2**32 - 1)
    return (((mixed >> np.uint64(32 - _BITS)).astype(np.float64) + 0.5) / 2.0**_BITS).reshape(shape)


def normal(shape: Any, step: int) -> Any:
    """Standard normal numbers after Box and Muller."""
    return np.sqrt(-2.0 * np.log(uniform(shape, step))) * np.cos(2.0 * np.pi * uniform(shape, step, _OTHER))


def truncated(shape: Any, step: int) -> Any:
    """Normal numbers; those beyond two deviations, which would be drawn again, are brought back in."""
    numbers = normal(shape, step)
    return np.where(np.abs(numbers) > 2.0, 0.3 * numbers, numbers)


def integers(shape: Any, low: Any, high: Any, step: int) -> Any:
    """Whole numbers from ``low`` up to but without ``high``."""
    return low + np.floor(uniform(shape, step) * (float(high) - float(low)))


def categories(logits: Any, count: Any, step: int) -> Any:
    """``count`` classes for each row of ``logits`` [batch, classes], by their cumulated probabilities."""
    weights = np.exp(logits.astype(np.float64) - logits.max(axis=1, keepdims=True))
    borders = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)
    draws = uniform([len(logits), int(count)], step)
    return np.minimum((draws[:, :, None] >= borders[:, None, :]).sum(axis=2), logits.shape[1] - 1)


class Neutral:
    """Watches the random operations of one run.

    Args:
      recorder: told of every operation that is made; its steps choose the numbers.
      replace: whether operations are replaced.
    """

    def __init__(self, recorder: Recorder, replace: bool) -> None:
        self._recorder, self._replace = recorder, replace
        self._first: dict[Place | None, int] = {}

    def install(self, watcher: Watcher) -> None:
        """Watch the modules that make random operations."""
        for name, table in _TABLES.items():
            watcher.after("tensorflow.python.ops." + name, functools.partial(self._wrap, table))
        watcher.after("tensorflow.python.ops.candidate_sampling_ops", self._seed_samplers)

    def _wrap(self, table: dict[str, Fixed | None], module: Any) -> None:
        for name, fixed in table.items():
            original = getattr(module, name, None)
            if original is not None:
                setattr(module, name, self._noted(name, original, fixed if self._replace else None))

    def _seed_samplers(self, module: Any) -> None:
        """Candidates for sampled losses: their kernels draw the same in both versions, once they have the same seed."""
        for name in _SAMPLERS:
            original = getattr(module, name, None)
            if original is not None:
                setattr(module, name, self._seeded(name, original))

    def _seeded(self, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def draw(*args: Any, **kwargs: Any) -> Any:
            place, _ = own_place(())
            self._recorder.write("random", op=name, at=place, fixed=self._replace)
            if self._replace and len(args) <= _SAMPLERS[name] and kwargs.get("seed") is None:
                kwargs["seed"] = _SEED
            return original(*args, **kwargs)

        draw.autograph_info__ = {}  # type: ignore[attr-defined]
        return draw

    def _noted(self, name: str, original: Callable[..., Any], fixed: Fixed | None) -> Callable[..., Any]:
        @functools.wraps(original)
        def draw(*args: Any, **kwargs: Any) -> Any:
            place, _ = own_place(())
            self._recorder.write("random", op=name, at=place, fixed=fixed is not None)
            if fixed is None:
                return original(*args, **kwargs)
            return self._call(fixed(*args, **kwargs), place)

        draw.autograph_info__ = {}  # type: ignore[attr-defined]  # AutoGraph need not convert it
        return draw

    def _call(self, draw: tuple[Fixed, list[Any], Any], place: Place | None) -> Any:
        """The numbers, eager at once, in a graph by a call of Python at every run."""
        make, inputs, dtype = draw
        dtype = importlib.import_module("tensorflow.python.framework.dtypes").as_dtype(dtype)

        def numbers(*values: Any) -> Any:
            return np.asarray(make(*values, self._step(place))).astype(dtype.as_numpy_dtype)

        context = importlib.import_module("tensorflow.python.eager.context")
        ops = importlib.import_module("tensorflow.python.framework.ops")
        inputs = [ops.convert_to_tensor(value) for value in inputs]
        if context.executing_eagerly():
            return ops.convert_to_tensor(numbers(*[tensor.numpy() for tensor in inputs]))
        if made_by_initializer():
            # TensorFlow 2 moves first values out of the function that makes a variable, and cannot move a call of Python
            constant_value = importlib.import_module("tensorflow.python.framework.tensor_util").constant_value
            known = [constant_value(tensor) for tensor in inputs]
            if all(value is not None for value in known):
                return ops.convert_to_tensor(np.asarray(make(*known, 0)).astype(dtype.as_numpy_dtype))
        with ops.name_scope("tf2kit_random"):
            result = importlib.import_module("tensorflow.python.ops.script_ops").py_func(numbers, inputs, dtype)
        tensor_util = importlib.import_module("tensorflow.python.framework.tensor_util")
        if make is categories:
            result.set_shape([inputs[0].shape[0], tensor_util.constant_value(inputs[1])])
        else:
            result.set_shape(tensor_util.constant_value_as_shape(inputs[0]))
        return result

    def _step(self, place: Place | None) -> int:
        now = self._recorder.steps
        return 0 if self._first.setdefault(place, now) == now else now


def _shaped(make: Fixed) -> Fixed:
    return lambda shape, dtype="float32", **_: (make, [shape], dtype)


def _whole(shape: Any, minval: Any, maxval: Any, **_: Any) -> Any:
    dtype = getattr(minval, "dtype", "int32")
    return integers, [shape, minval, maxval], dtype


def _chosen(logits: Any, num_samples: Any, output_dtype: Any = "int64", **_: Any) -> Any:
    return categories, [logits, num_samples], output_dtype


# by operation: (numbers, inputs, dtype) of its replacement from its own arguments. Without one an operation is only noted: its
# kernel draws the same on both versions when its seeds are the same.
_TABLES: dict[str, dict[str, Fixed | None]] = {
    "gen_random_ops": {
        "random_uniform": _shaped(uniform),
        "random_uniform_int": _whole,
        "random_standard_normal": _shaped(normal),
        "truncated_normal": _shaped(truncated),
        "multinomial": _chosen,
        "parameterized_truncated_normal": None,
        "random_gamma": None,
        "random_poisson_v2": None,
        "random_shuffle": None,
    },
    "gen_stateless_random_ops_v2": {
        "stateless_random_uniform_v2": _shaped(uniform),
        "stateless_random_uniform_int_v2": _whole,
        "stateless_random_normal_v2": _shaped(normal),
        "stateless_truncated_normal_v2": _shaped(truncated),
    },
    "gen_stateless_random_ops": {"stateless_multinomial": _chosen},
}
# samplers of candidates, with the number of parameters in front of the seed
_SAMPLERS = {
    "uniform_candidate_sampler": 5,
    "log_uniform_candidate_sampler": 5,
    "learned_unigram_candidate_sampler": 5,
}
_SEED = 4711
