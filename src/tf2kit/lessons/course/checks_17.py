"""The checks of lesson 17: thinking in TensorFlow 2."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..judging import close, need


def noisy(noisy: Callable[[Any], Any]) -> None:
    import numpy as np

    first, second = (np.asarray(noisy([float(number) for number in range(2000)])) for _ in range(2))
    need(first.shape == (2000,), f"noisy of 2000 numbers has shape {first.shape}; (2000,) was expected.")
    noise = first - np.arange(2000)
    need(noise.any(), "The numbers come back as they were. Add the noise to `x`.")
    need(noise.std() > 1e-3, "All numbers get the same noise. Its shape must be that of `x`: `tf.shape(x)`.")
    need(
        (first != second).any(),
        "Two calls give the same noise. In a graph it was a node, drawn anew in each run; draw it inside the function.",
    )
    need(
        0.08 < noise.std() < 0.12,
        f"The noise has a standard deviation of {noise.std():.2f}; the old program says `stddev=0.1`.",
    )


def energy(energy: Any) -> None:
    import tensorflow as tf

    need(
        hasattr(energy, "get_concrete_function"),
        "`energy` is a plain Python function. Keep the line `@tf.function(…)`.",
    )
    for rows in (2, 1, 5):
        try:
            got = energy(tf.ones([rows, 3]) * 2.0)
        except (TypeError, ValueError):
            need(
                False,
                f"It refuses a batch of {rows} (rows of 3 numbers). The placeholder took any number of rows: `None`.",
            )
        close(got, [12.0] * rows, f"energy of {rows} rows [2, 2, 2]")
    traces = energy.experimental_get_tracing_count()
    need(
        traces == 1,
        f"Three batch sizes made {traces} traces. One plan for all of them needs `input_signature` with the placeholder's shape.",
    )
    try:
        energy(tf.ones([2, 4]))
    except (TypeError, ValueError):
        return
    need(False, "It takes rows of 4 numbers, which the placeholder refused. Which length of the shape is known?")


def linear(linear: Callable[[], Any]) -> None:
    import tensorflow as tf

    model, other = linear(), linear()
    rows = tf.constant([[1.0, 2.0, 3.0], [0.0, 1.0, 0.0]])
    close(model(rows), [[6.0, 6.0], [1.0, 1.0]], "Linear()([[1, 2, 3], [0, 1, 0]])")
    model(rows)
    variables = model.trainable_variables
    need(
        len(variables) == 2,
        f"After two calls the object has {len(variables)} trainable variables; a kernel and a bias were expected. "
        "Make both in `__init__`, with `tf.Variable`, as attributes of `self`.",
    )
    for variable in variables:
        variable.assign(variable + 1.0)
    close(model(rows), [[13.0, 13.0], [3.0, 3.0]], "After 1 was added to both variables, the output")
    other(rows)
    close(other(rows), [[6.0, 6.0], [1.0, 1.0]], "The output of another `Linear()`, which has variables of its own,")


def schedule(schedule: Callable[[], Any]) -> None:
    counting = schedule()
    rates = [_number(counting(), "A call") for _ in range(20)]
    need(
        len(set(rates)) > 1,
        f"Twenty calls all return {rates[0]:.4f}. What changes between runs of a graph must be a variable, and the graph must change it.",
    )
    close(rates[9], 0.05, "The tenth rate", tolerance=1e-5)
    close(rates[19], 0.025, "The twentieth rate", tolerance=1e-5)
    close(float(schedule()()), rates[0], "The first rate of a second schedule", tolerance=1e-5)


def _number(value: Any, what: str) -> float:
    need(value is not None, f"{what} returns None. End the method with `return …`.")
    return float(value)


def fit(fit: Callable[..., Any]) -> None:
    import numpy as np

    x, y = np.arange(4, dtype="float32"), np.arange(1, 8, 2, dtype="float32")
    right, after = _losses(x, y, 0.05, 30)
    try:
        got = fit(x, y, 0.05, 30)
    except TypeError as error:
        need(
            "NoneType" not in str(error),
            "A gradient is None in the second step. A line `weight = …` gives the name to a tensor, which no tape watches; use `assign_sub`.",
        )
        raise
    need(got is not None, "fit(…) returns nothing. Return the list of losses.")
    losses = np.array([float(value) for value in got])
    need(losses.shape == (30,), f"30 steps should give 30 losses; there are {len(losses)}.")
    need(
        not np.allclose(losses, losses[0]), "The loss stays where it was. Are the variables made once, before the loop?"
    )
    need(losses[1] < losses[0], "The loss grows. A step goes against the gradient.")
    need(
        not np.allclose(losses, after, 1e-3),
        "These are losses after each step. The old program fetched `loss` in the run of the step, so it got the one before.",
    )
    close(losses, right, "The list of losses", tolerance=1e-3)


def _losses(x: Any, y: Any, rate: float, steps: int) -> tuple[list[float], list[float]]:
    """The losses before each step of gradient descent on a straight line, and those after."""
    weight = bias = 0.0
    seen = []
    for _ in range(steps + 1):
        error = weight * x + bias - y
        seen.append(float((error**2).mean()))
        weight -= rate * float(2 * (error * x).mean())
        bias -= rate * float(2 * error.mean())
    return seen[:-1], seen[1:]
