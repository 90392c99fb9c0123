"""Lesson 8: speed, measured."""

from __future__ import annotations

from ..model import Exercise, Lesson, Question
from . import checks_08

_BEST = """
def best_time(call, rounds):
    {}
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        call()
        times.append(time.perf_counter() - begin)
    return {}
"""
_WHERE = """
def where(dataset, step):
    waiting, working = 0.0, 0.0
    before = time.perf_counter()
    for x in dataset:
        arrived = time.perf_counter()
        step(x)
        done = time.perf_counter()
        waiting += arrived - before
        working += done - arrived
        {}
    return {}
"""
_PADDED = "def padded(x, multiple):\n    return tf.pad(x, [[0, {}]])"
_SCALED = """
def scaled_gradient(loss_of, weight, scale):
    with tf.GradientTape() as tape:
        loss = {}
    return {}
"""
_DISTANCES = "def distances(points):\n    difference = points[:, None] - points[None, :]\n    return {}"

LESSON = Lesson(
    number=8,
    slug="speed",
    title="Speed: XLA, mixed precision, data and profiles, measured",
    minutes=45,
    needs=(2, 5, 7),
    rules=("CTB203",),
    exercises=(
        Exercise(
            "08-1",
            "warm up, time each call, take the fastest",
            checks_08.best_time,
            hints=(
                "One call in front of everything, which is not timed.",
                "A list of times, one for each round, and then `min`.",
            ),
            solution=_BEST.format("call()", "min(times)"),
            wrong=(
                _BEST.format("call()", "sum(times) / rounds"),
                _BEST.format("", "sum(times)").replace("    \n", "", 1),
                _BEST.format("", "min(times)").replace("    \n", "", 1),
            ),
        ),
        Exercise(
            "08-2",
            "two clocks tell whom the training waits for",
            checks_08.where,
            hints=(
                "Look at the clock at three points of each round: before the next `x` is asked for, when it has come, and after the step.",
                "The end of a step is the beginning of the next waiting.",
            ),
            solution=_WHERE.format("before = done", "waiting, working"),
            wrong=(
                _WHERE.format("before = done", "working, waiting"),
                _WHERE.format("before = arrived", "waiting, working"),
                _WHERE.format("before = done", "waiting + working"),
            ),
        ),
        Exercise(
            "08-3",
            "few shapes are few compilations",
            checks_08.padded,
            hints=(
                "`tf.pad(x, [[0, n]])` puts `n` zeros behind a vector.",
                "In Python `-5 % 4` is 3: what is missing from 5 to the next multiple of 4.",
            ),
            solution=_PADDED.format("-len(x) % multiple"),
            wrong=(
                _PADDED.format("multiple - len(x) % multiple"),
                _PADDED.format("len(x) % multiple"),
                "def padded(x, multiple):\n    return x",
            ),
        ),
        Exercise(
            "08-4",
            "what is too small for 16 bits is made larger on its way",
            checks_08.scaled_gradient,
            hints=(
                "Inside of the tape: `loss = loss_of(weight) * tf.cast(scale, tf.float16)`.",
                "The gradient of a `float32` variable is `float32`; divide it by `scale`.",
            ),
            solution=_SCALED.format(
                "loss_of(weight) * tf.cast(scale, tf.float16)", "tape.gradient(loss, weight) / scale"
            ),
            wrong=(
                _SCALED.format("loss_of(weight)", "tape.gradient(loss, weight)"),
                _SCALED.format("loss_of(weight)", "tape.gradient(loss, weight) * scale / scale"),
                _SCALED.format("loss_of(weight) * tf.cast(scale, tf.float16)", "tape.gradient(loss, weight)"),
            ),
        ),
        Exercise(
            "08-5",
            "one operation on all pairs is worth more than any compiler",
            checks_08.distances,
            hints=(
                "`points[:, None] - points[None, :]` has shape `(n, n, d)`.",
                "`tf.norm(…, axis=-1)` of that.",
            ),
            solution=_DISTANCES.format("tf.norm(difference, axis=-1)"),
            wrong=(
                _DISTANCES.format("tf.reduce_sum(difference**2, axis=-1)"),
                _DISTANCES.format("tf.norm(difference, axis=0)"),
                """
                def distances(points):
                    rows = []
                    for one in points:
                        rows.append(tf.stack([tf.sqrt(tf.reduce_sum((one - other) ** 2)) for other in points]))
                    return tf.stack(rows)
                """,
            ),
        ),
    ),
    quiz=(
        Question(
            "Nine tenths of each epoch are spent waiting for data. The step is made a hundred times faster. The epoch becomes …",
            ("about a hundred times faster.", "about ten times faster.", "about a tenth shorter."),
            "c",
            "only that tenth can be saved. Look for the largest part first.",
        ),
        Question(
            "Why is the fastest of many runs a better measure than their mean?",
            (
                "It looks better in a report.",
                "Disturbances only add time, so the fastest run has the least of them.",
                "The mean needs more memory.",
            ),
            "b",
            "what is above the minimum is other work of the machine.",
        ),
        Question(
            "With `jit_compile=True` a text model is slow for the first hour and then fast. What happens?",
            (
                "Each length of a sentence is compiled once. Pad to a few lengths.",
                "The processor warms up.",
                "XLA learns from the data.",
            ),
            "a",
            "XLA writes code for exact shapes.",
        ),
        Question(
            "Somebody keeps all weights in `float16`, and training stops to improve. Why?",
            (
                "The weights overflow.",
                "`float16` cannot hold negative numbers.",
                "Small updates are rounded away; keep weights in 32 bits.",
            ),
            "c",
            "near 1 the next number of `float16` is a thousandth away.",
        ),
        Question(
            "Which work gains most from XLA?",
            (
                "A single large matrix product.",
                "A long chain of elementwise operations, or a loop of many small rounds.",
                "Reading files.",
            ),
            "b",
            "fusion saves ways through memory, and starting operations; a product is one operation already.",
        ),
    ),
)
