"""The checks of lesson 8: speed. Times that are told apart here differ by a factor of two or more."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from typing import Any

from ..judging import close, need


def best_time(best_time: Callable[..., Any]) -> None:
    pauses = itertools.chain([0.2], itertools.cycle([0.005, 0.005, 0.06]))
    calls: list[float] = []

    def call() -> None:
        calls.append(next(pauses))
        time.sleep(calls[-1])

    got = best_time(call, 6)
    need(isinstance(got, float), f"A number of seconds is asked for; it is {got!r}.")
    need(len(calls) >= 6, f"For 6 rounds the function was called {len(calls)} times.")
    need(got < 1, f"It says {got:.3g}. Is that in seconds?")
    need(
        got < 0.0115,
        f"The function takes 0.005 s, in its first call 0.2 s, and sometimes 0.06 s. You found {got:.3f}: a mean or a sum lets the slow calls "
        "in. Time each call on its own, and take the fastest.",
    )
    need(got >= 0.004, f"The function takes 0.005 s; you found {got:.4f}.")
    need(len(calls) >= 7, "The first call was one of the rounds. Make a call before them that does not count.")


def where(where: Callable[..., Any]) -> None:
    seen: list[int] = []

    def source() -> Iterator[int]:
        for number in range(8):
            time.sleep(0.01)
            yield number

    def step(number: int) -> None:
        seen.append(number)
        time.sleep(0.03)

    begin = time.perf_counter()
    got = where(source(), step)
    whole = time.perf_counter() - begin
    need(
        isinstance(got, tuple | list) and len(got) == 2,
        f"Two numbers are asked for, waiting and working; it is {got!r}.",
    )
    need(seen == list(range(8)), f"`step` should get each of 8 elements once, in their order; it got {seen}.")
    waiting, working = map(float, got)
    together = f"Waiting {waiting:.2f} s and working {working:.2f} s; all of it took {whole:.2f} s."
    need(
        waiting + working < 1.2 * whole,
        f"{together} Some time was counted twice: from where to where does each clock run?",
    )
    need(waiting + working > 0.8 * whole, f"{together} Some time is missing: from where to where does each clock run?")
    need(
        working > waiting,
        f"{together} The step takes three times as long as the data here; are they in the other order?",
    )


def padded(padded: Callable[..., Any]) -> None:
    import tensorflow as tf

    for length, right in ((3, 4), (5, 8), (4, 4), (1, 4)):
        x = tf.range(1.0, length + 1.0)
        got = padded(x, 4)
        need(got is not None, "padded(x, 4) returns nothing. End it with `return …`.")
        need(
            len(got) != length or length == right,
            f"A vector of length {length} stays as long as it was; with a multiple of 4 it should have {right}.",
        )
        need(
            len(got) == right,
            f"With a multiple of 4, length {length} becomes {len(got)}; {right} was expected."
            + (" What fits already stays." if length == right else ""),
        )
        close(got[:length], x, "The beginning of the padded vector")
        close(got[length:], tf.zeros(right - length), "What was added")
        need(got.dtype == tf.float32, f"The type became {got.dtype.name}.")


def scaled_gradient(scaled_gradient: Callable[..., Any]) -> None:
    import tensorflow as tf

    def loss_of(weight: Any) -> Any:
        in_half = tf.cast(weight, tf.float16)
        return in_half * tf.cast(1e-4, tf.float16) * tf.cast(1e-4, tf.float16)

    weight = tf.Variable(2.0)
    got = scaled_gradient(loss_of, weight, 1024.0)
    need(got is not None, "It is None. Was `loss_of` called inside of the tape?")
    need(
        float(got) != 0.0,
        "It is 0. Scale the *loss*, inside of the tape, so that all that is computed on the way back is larger; and divide in 32 bits.",
    )
    need(float(got) < 1e-6, f"It is {float(got):.2g}, 1024 times too large. Divide the gradient by the scale.")
    need(abs(float(got) / 1e-8 - 1) < 0.02, f"It is {float(got):.3g}; about 1e-8 was expected.")
    need(
        float(scaled_gradient(lambda w: tf.cast(w, tf.float16) ** 2, weight, 64.0)) == 4.0,
        "For w² at 2 it should be 4.",
    )


def distances(distances: Callable[[Any], Any], with_loops: Callable[[Any], Any]) -> None:
    import tensorflow as tf

    from ..show import microseconds

    points = tf.random.stateless_normal((16, 3), seed=(8, 5))
    got, right = distances(points), with_loops(points)
    need(got is not None, "distances(points) returns nothing. End it with `return …`.")
    need(
        tuple(got.shape) == (16, 16),
        f"For 16 points the shape is {tuple(got.shape)}; (16, 16) was expected. Reduce the axis of the coordinates, the last one.",
    )
    squared = bool(tf.reduce_max(tf.abs(got - right**2)) < 1e-3)
    need(not squared, "These are the squares of the distances. Take the root.")
    close(got, right, "The distances", tolerance=1e-3)
    slow, fast = microseconds(lambda: with_loops(points), 1), microseconds(lambda: distances(points), 3)
    need(
        slow > 10 * fast,
        f"It is right, and {slow / fast:.1f} times as fast as the loops; ten times is asked for. One subtraction of all pairs does it.",
    )
