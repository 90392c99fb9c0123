"""The checks of lesson 3: variables and automatic differentiation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..judging import close, need


def remember(remember: Callable[[Any, float], Any]) -> None:
    import tensorflow as tf

    average = tf.Variable(5.0)
    remember(average, 15.0)
    need(
        float(average) != 5.0,
        "The variable is still 5. A line `average = …` only gives the name to something else; change the place, with `assign`.",
    )
    close(average, 6.0, "After remember(average, 15.0) a variable that was 5")
    remember(average, 6.0)
    close(average, 6.0, "After remember(average, 6.0) a variable that was 6")


def slope(slope: Callable[[Any, float], Any]) -> None:
    import tensorflow as tf

    got = slope(tf.sin, 0.0)
    need(
        got is not None,
        "It is None. Is `x` something that the tape watches, and was the function called while the tape was running?",
    )
    close(got, 1.0, "slope(tf.sin, 0.0)")
    close(slope(lambda x: x**3, 2.0), 12.0, "slope of x³ at 2")


def measured(measured: Callable[..., Any]) -> None:
    import tensorflow as tf

    cube = measured(lambda x: x**3, tf.constant(1.0))
    need(cube is not None, "measured(…) returns nothing. End it with `return …`.")
    need(
        abs(float(cube) - 6.0) > 0.1,
        "Of x³ at 1 it is 6, twice what it should be. How far apart are `x + h` and `x - h`?",
    )
    need(
        abs(float(cube) - 3.03) > 0.005,
        "Of x³ at 1 it is 3.03; 3.0001 is possible. Go to both sides: the error of one side takes away that of the other.",
    )
    close(cube, 3.0, "The derivative of x³ at 1", tolerance=1e-3)
    close(measured(tf.sin, tf.constant(0.0)), 1.0, "The derivative of sin at 0", tolerance=1e-3)


def descend(descend: Callable[..., Any]) -> None:
    import tensorflow as tf

    weight, bias = tf.Variable(2.0), tf.Variable(-1.0)
    got = descend(weight, bias, lambda w, b: w**2 + 3.0 * b**2, 0.1)
    need(
        float(weight) != 2.0 or float(bias) != -1.0,
        "The variables have not moved. Change them in place: `weight.assign_sub(…)`.",
    )
    need(
        float(weight) < 2.0, f"The weight went from 2 to {float(weight):.2f}, uphill. Against the gradient means minus."
    )
    close(weight, 1.6, "For the loss w² + 3b² the weight after a step from 2 with rate 0.1")
    close(bias, -0.4, "For the loss w² + 3b² the bias after a step from -1 with rate 0.1")
    close(got, 7.0, "The returned loss from before the step")


def minimum(minimum: Callable[[Any], Any]) -> None:
    try:
        got = minimum(lambda x: (x - 3.0) ** 2)
    except (TypeError, ValueError) as error:
        need(
            "None" not in str(error),
            "In the second round the gradient is None: `weight` is a tensor by then, no variable.",
        )
        raise
    need(got is not None, "minimum(…) returns nothing. End it with `return weight`.")
    close(got, 3.0, "The minimum of (x - 3)²", tolerance=1e-3)
    close(minimum(lambda x: x**2 + 2.0 * x), -1.0, "The minimum of x² + 2x", tolerance=1e-3)
