"""Random operations are noted; where asked, they give the same fixed numbers of their distribution on every version and at every run.

Dropout keeps its rate, noise its deviation and initialisers their distribution, so what a program does with random numbers is still
compared; only the generator is taken out of it. Element i of a uniform draw is the fractional part of i times the golden ratio.
"""

from __future__ import annotations

import functools
import importlib
import math
from typing import Any, Callable

from .frames import own_place
from .imports import Watcher
from .recorder import Recorder

_GOLDEN = 2654435769  # 2**32 divided by the golden ratio
_OTHER = 1779033703  # for the second of a pair of uniform draws
_BITS = 23


def install(watcher: Watcher, recorder: Recorder, neutral: bool) -> None:
    """Note every random operation that is made; with ``neutral`` replace it."""
    for module, table in (
        ("gen_random_ops", _STATEFUL),
        ("gen_stateless_random_ops_v2", _STATELESS),
        ("gen_stateless_random_ops", _CHOICE),
    ):
        watcher.after("tensorflow.python.ops." + module, functools.partial(_wrap, recorder, table, neutral))


def _wrap(recorder: Recorder, table: dict[str, Any], neutral: bool, module: Any) -> None:
    for name, fixed in table.items():
        original = getattr(module, name, None)
        if original is not None:
            setattr(module, name, _noted(recorder, name, original, fixed if neutral else None))


def _noted(recorder: Recorder, name: str, original: Callable[..., Any], fixed: Any) -> Callable[..., Any]:
    @functools.wraps(original)
    def draw(*args: Any, **kwargs: Any) -> Any:
        place, _ = own_place(())
        recorder.write("random", op=name, at=place, fixed=fixed is not None)
        if fixed is None:
            return original(*args, **kwargs)
        with _framework("ops").name_scope("tf2kit_random"):
            return fixed(*args, **kwargs)

    return draw


def _ops(name: str) -> Any:
    return importlib.import_module("tensorflow.python.ops." + name)


def _framework(name: str) -> Any:
    return importlib.import_module("tensorflow.python.framework." + name)


def _dtype(name: Any) -> Any:
    return _framework("dtypes").as_dtype(name)


def _pattern(shape: Any, factor: int = _GOLDEN) -> Any:
    """Numbers between 0 and 1, both excluded, as float64 of the given shape; exact, so that every version has the same ones."""
    array_ops, math_ops = _ops("array_ops"), _ops("math_ops")
    index = math_ops.range(math_ops.reduce_prod(math_ops.cast(shape, _dtype("int64")))) + 1
    mixed = math_ops.floor_div(math_ops.floormod(index * factor, 2**32), 2 ** (32 - _BITS))
    return array_ops.reshape((math_ops.cast(mixed, _dtype("float64")) + 0.5) / 2.0**_BITS, shape)


def _uniform(shape: Any, dtype: Any) -> Any:
    return _ops("math_ops").cast(_pattern(shape), _dtype(dtype))


def _integers(shape: Any, minval: Any, maxval: Any) -> Any:
    math_ops, float64 = _ops("math_ops"), _dtype("float64")
    low, high = (_ops("array_ops").identity(value) for value in (minval, maxval))
    width = math_ops.cast(high, float64) - math_ops.cast(low, float64)
    return low + math_ops.cast(math_ops.floor(_pattern(shape) * width), low.dtype)


def _standard_normal(shape: Any) -> Any:
    """Standard normal numbers as float64, after Box and Muller."""
    math_ops = _ops("math_ops")
    radius = math_ops.sqrt(-2.0 * math_ops.log(_pattern(shape)))
    return radius * math_ops.cos(2.0 * math.pi * _pattern(shape, _OTHER))


def _normal(shape: Any, dtype: Any) -> Any:
    return _ops("math_ops").cast(_standard_normal(shape), _dtype(dtype))


def _truncated(shape: Any, dtype: Any) -> Any:
    """Normal numbers; those beyond two deviations, which would be drawn again, are brought back in."""
    math_ops = _ops("math_ops")
    numbers = _standard_normal(shape)
    far = math_ops.cast(math_ops.abs(numbers) > 2.0, numbers.dtype)
    return math_ops.cast(numbers * (1.0 - 0.7 * far), _dtype(dtype))


def _categories(logits: Any, num_samples: Any, dtype: Any) -> Any:
    """Draws of categories by the cumulated probabilities; the logits are [batch, classes]."""
    array_ops, math_ops = _ops("array_ops"), _ops("math_ops")
    logits = math_ops.cast(logits, _dtype("float64"))
    weights = math_ops.exp(logits - math_ops.reduce_max(logits, 1, keepdims=True))
    borders = math_ops.cumsum(weights / math_ops.reduce_sum(weights, 1, keepdims=True), axis=1, exclusive=True)
    draws = _pattern(array_ops.stack([array_ops.shape(logits)[0], num_samples]))
    reached = array_ops.expand_dims(draws, 2) >= array_ops.expand_dims(borders, 1)
    return math_ops.reduce_sum(math_ops.cast(reached, _dtype(dtype)), 2) - 1


# by operation: its replacement, called with the operation's own arguments. Without one an operation is only noted: its kernel draws the
# same on both versions when its seeds are the same.
_STATEFUL: dict[str, Any] = {
    "random_uniform": lambda shape, dtype, **other: _uniform(shape, dtype),
    "random_uniform_int": lambda shape, minval, maxval, **other: _integers(shape, minval, maxval),
    "random_standard_normal": lambda shape, dtype, **other: _normal(shape, dtype),
    "truncated_normal": lambda shape, dtype, **other: _truncated(shape, dtype),
    "multinomial": lambda logits, num_samples, output_dtype="int64", **other: _categories(
        logits, num_samples, output_dtype
    ),
    "parameterized_truncated_normal": None,
    "random_gamma": None,
    "random_poisson_v2": None,
    "random_shuffle": None,
}
_STATELESS: dict[str, Any] = {
    "stateless_random_uniform_v2": lambda shape, dtype="float32", **other: _uniform(shape, dtype),
    "stateless_random_uniform_int_v2": lambda shape, minval, maxval, **other: _integers(shape, minval, maxval),
    "stateless_random_normal_v2": lambda shape, dtype="float32", **other: _normal(shape, dtype),
    "stateless_truncated_normal_v2": lambda shape, dtype="float32", **other: _truncated(shape, dtype),
}
_CHOICE: dict[str, Any] = {
    "stateless_multinomial": lambda logits, num_samples, output_dtype="int64", **other: _categories(
        logits, num_samples, output_dtype
    )
}
