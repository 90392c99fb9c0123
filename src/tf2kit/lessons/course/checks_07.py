"""The checks of lesson 7: tf.function and AutoGraph."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..judging import close, need


def _is_compiled(function: Any, name: str) -> None:
    need(
        hasattr(function, "get_concrete_function"),
        f"`{name}` is plain Python. Put `@tf.function` above it.",
    )


def strength(strength: Any) -> None:
    import tensorflow as tf

    _is_compiled(strength, "strength")
    before = strength.experimental_get_tracing_count()
    try:
        for values in ([3.0], [3.0, -3.0], [1.0, 7.0, 5.0]):
            right = (sum(value**2 for value in values) / len(values)) ** 0.5
            close(strength(tf.constant(values)), right, f"strength({values})")
    except TypeError as error:
        need(
            "cast" not in str(error),
            "Its signature refuses a vector of another length. `None` in the shape means: any length.",
        )
        raise
    count = strength.experimental_get_tracing_count() - before
    need(
        count <= 1,
        f"Three lengths made {count} traces. An `input_signature` of one `tf.TensorSpec` says that the length is open.",
    )


def shaken(shaken: Any) -> None:
    import numpy as np
    import tensorflow as tf

    _is_compiled(shaken, "shaken")
    x = tf.zeros((3, 4))
    try:
        first, second = np.asarray(shaken(x)), np.asarray(shaken(x))
    except ValueError as error:
        need(
            "singleton" not in str(error),
            "It makes a variable (a generator has one) in each call. Make it outside, or use `tf.random.uniform`.",
        )
        raise
    need(first.shape == (3, 4), f"For x of shape (3, 4) the result has shape {first.shape}.")
    need(
        not np.array_equal(first, second),
        "Two calls gave the same numbers: they were drawn while the function was traced, and are constants. Which operation draws in each call?",
    )
    need(
        len(np.unique(first)) == 12,
        "Within one call elements get the same number. Draw as many as `x` has, with the shape of `x`.",
    )
    need(first.min() >= 0 and first.max() <= 1, "The random numbers should be from 0 to 1.")
    need(np.asarray(shaken(x + 10.0)).min() >= 10, "`x` itself should be in the result.")


def mean(mean: Any) -> None:
    import tensorflow as tf

    _is_compiled(vars(mean).get("__call__"), "__call__")
    one, other = mean(), mean()
    said = []
    try:
        for value in (2.0, 4.0, 9.0):
            said.append(float(one(tf.constant(value))))
    except ValueError as error:
        need("singleton" not in str(error), "It makes a variable in each call. Make it once, in `__init__`.")
        raise
    except TypeError as error:
        need("out of scope" not in str(error), _PYTHON)
        raise
    need(said != [2.0, 4.0, 9.0], _PYTHON)
    close(said, [2.0, 3.0, 5.0], "The answers to 2, 4 and 9")
    close(other(tf.constant(8.0)), 8.0, "The first answer of a second object, to 8")


_PYTHON = (
    "The object does not remember what it was called with. A line such as `self.count += 1` with a Python number runs while the function is "
    "traced, once. What a graph shall remember is a `tf.Variable`."
)


def collatz(collatz: Any) -> None:
    import tensorflow as tf

    _is_compiled(collatz, "collatz")
    before = collatz.experimental_get_tracing_count()
    for number, steps in ((1, 0), (6, 8), (27, 111)):
        try:
            got = collatz(tf.constant(number))
        except TypeError as error:
            text = str(error).strip().splitlines()[-1].strip()
            need(
                False,
                f"A loop of a graph keeps the types that it began with; `n / 2` makes a float, `n // 2` does not. It said: {text[:160]}",
            )
        need(got is not None, "It returns nothing. End it with `return steps`.")
        close(got, steps, f"collatz({number})")
    need(collatz.experimental_get_tracing_count() - before <= 1, "It is traced for each number.")


def repeat(repeat: Callable[..., Any]) -> None:
    import tensorflow as tf

    seen: list[bool] = []

    def function(x: Any) -> Any:
        seen.append(tf.executing_eagerly())
        return 2.0 * x + 1.0

    close(repeat(function, tf.constant(1.0), 2), 7.0, "2x + 1, applied twice to 1")
    need(not any(seen), "`function` ran eagerly, without a graph.")
    need(
        len(seen) == 1,
        f"`function` was traced {len(seen)} times. Each `tf.function(…)` is a new one that knows no traces, and a loop of Python inside a "
        "trace is traced round by round.",
    )
    close(repeat(function, tf.constant([1.0, 2.0]), 3), [15.0, 23.0], "Applied three times to 1 and 2")
