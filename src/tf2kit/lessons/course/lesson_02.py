"""Lesson 2: tensors and eager execution."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..judging import close, need
from ..model import Exercise, Lesson, Question


def _program(program: Callable[[Any], Any]) -> None:
    import tensorflow as tf

    for given in (3.0, [1.0, 2.0]):
        try:
            result = program(given)
        except TypeError:
            need(False, f"program({given}) multiplies a Python list. Make a tensor of the argument first.")
        need(tf.is_tensor(result), f"program({given}) should be a tensor, not a {type(result).__name__}.")
        close(result, tf.square(given) + 1.0, f"program({given})")


def _share(share: Any, dark: Any) -> None:
    import numpy as np

    need(np.shape(share) == (), f"One number is asked for, the share of all pixels; yours has shape {np.shape(share)}.")
    right = float(np.mean(dark))
    need(
        float(share) != 0,
        "It is 0: the mean of whole numbers is a whole number, rounded down. Cast to a float type instead.",
    )
    need(float(share) <= 1, f"{float(share):,.0f} is how many pixels are dark. Which share is that of all of them?")
    close(share, right, "The share")


def _mean_squared(mean_squared: Callable[[Any, Any], Any]) -> None:
    import tensorflow as tf

    column, vector = tf.constant([[1.0], [2.0], [3.0], [4.0]]), tf.constant([1.0, 2.0, 3.0, 4.0])
    perfect = mean_squared(column, vector)
    need(getattr(perfect, "shape", ()) == (), f"One number is asked for; yours has shape {tuple(perfect.shape)}.")
    need(
        float(perfect) == 0,
        f"For a perfect prediction it is {float(perfect)}, not 0. Give both the same shape before you subtract.",
    )
    close(mean_squared(column + 3.0, vector), 9.0, "The error of predictions that are all 3 too large")


def _averages(averages: Callable[[Any, Any], Any], images: Any, labels: Any) -> None:
    import numpy as np

    got = averages(images, labels)
    need(got is not ... and got is not None, "averages(…) returns nothing. End it with `return …`.")
    shape = np.shape(got)
    need(shape != (8, 8), "That is one average of all pictures. Ten are asked for, one per digit.")
    need(shape == (10, 8, 8), f"The shape should be (10, 8, 8); it is {shape}.")
    right = np.stack([np.mean(np.asarray(images)[np.asarray(labels) == digit], axis=0) for digit in range(10)])
    need(
        np.max(got) <= 16,
        "Some values are above 16, the darkest pixel. Is it a sum? Take the mean of each digit's pictures.",
    )
    close(got, right, "The averages")


def _nearest(nearest: Callable[[Any, Any], Any], images: Any, labels: Any, typical: Any) -> None:
    import numpy as np

    got = np.asarray(nearest(images, typical))
    need(
        got.shape != (10,),
        "That is one number per digit: the minimum was taken over the pictures. Which axis are the digits?",
    )
    need(
        got.shape == (len(images),),
        f"One label per picture is asked for, shape ({len(images)},); yours is {got.shape}.",
    )
    right = float(np.mean(got == np.asarray(labels)))
    need(
        right > 0.2,
        f"Only {right:.0%} are right, no better than guessing. The nearest average is the one with the *smallest* sum of "
        "*squared* differences.",
    )
    need(
        right > 0.88,
        f"{right:.0%} are right; 90 % are possible. Positive and negative differences must not cancel out: square them first.",
    )


LESSON = Lesson(
    number=2,
    slug="tensors",
    title="Tensors and eager execution",
    minutes=40,
    needs=(1,),
    rules=("NAT500", "RUN401"),
    exercises=(
        Exercise(
            "02-1",
            "a placeholder has become an argument",
            _program,
            hints=(
                "The body of the function is the plan, `x * x + 1.0`; the argument is the placeholder.",
                "A list times a list is no Python. `tf.constant(x)` makes a tensor of numbers and of lists.",
            ),
            solution="""
            def program(x):
                x = tf.constant(x)
                return x * x + 1.0
            """,
            wrong=(
                "def program(x):\n    return x * x + 1.0",
                "def program(x):\n    x = tf.constant(x)\n    return x * 2 + 1.0",
                "def program(x):\n    return np.square(x) + 1.0",
            ),
        ),
        Exercise(
            "02-2",
            "what is to be averaged needs a type that has fractions",
            _share,
            hints=("The mean of zeros and ones is the share of ones.", "`tf.cast(dark, tf.float32)`, and then?"),
            solution="share = tf.reduce_mean(tf.cast(dark, tf.float32))",
            wrong=(
                "share = tf.reduce_mean(tf.cast(dark, tf.int32))",
                "share = tf.reduce_sum(tf.cast(dark, tf.float32))",
                "share = tf.reduce_mean(tf.cast(dark, tf.float32), axis=0)",
            ),
        ),
        Exercise(
            "02-3",
            "shapes are made equal before they meet",
            _mean_squared,
            hints=(
                "Which of the two has an axis too many, or too few?",
                "`tf.squeeze(prediction, axis=1)` takes the axis of length 1 away; `target[:, None]` puts one in.",
            ),
            solution="""
            def mean_squared(prediction, target):
                return tf.reduce_mean((prediction - target[:, None]) ** 2)
            """,
            wrong=(
                "def mean_squared(prediction, target):\n    return tf.reduce_mean((target - prediction) ** 2)",
                "def mean_squared(prediction, target):\n    return tf.reduce_sum((prediction[:, 0] - target) ** 2)",
            ),
        ),
        Exercise(
            "02-4",
            "a mask picks the rows, a reduction averages them",
            _averages,
            hints=(
                "The average of the threes is `tf.reduce_mean(images[labels == 3], axis=0)`.",
                "Make a list of ten such averages with `for digit in range(10)`, and give it to `tf.stack`.",
            ),
            solution="""
            def averages(images, labels):
                return tf.stack([tf.reduce_mean(images[labels == digit], axis=0) for digit in range(10)])
            """,
            wrong=(
                "def averages(images, labels):\n    return tf.reduce_mean(images, axis=0)",
                "def averages(images, labels):\n    return tf.math.unsorted_segment_sum(images, labels, 10)",
            ),
        ),
        Exercise(
            "02-5",
            "a classifier out of four tensor operations",
            _nearest,
            hints=(
                "`pictures[:, None] - typical[None]` has shape `(n, 10, 8, 8)`: all pairs.",
                "Reduce the last two axes, `axis=[2, 3]`; what is left is `(n, 10)`. Then `tf.argmin(…, axis=1)`.",
            ),
            solution="""
            def nearest(pictures, typical):
                distances = tf.reduce_sum((pictures[:, None] - typical[None]) ** 2, axis=[2, 3])
                return tf.argmin(distances, axis=1)
            """,
            wrong=(
                """
                def nearest(pictures, typical):
                    distances = tf.reduce_sum(pictures[:, None] - typical[None], axis=[2, 3])
                    return tf.argmin(distances, axis=1)
                """,
                """
                def nearest(pictures, typical):
                    distances = tf.reduce_sum((pictures[:, None] - typical[None]) ** 2, axis=[2, 3])
                    return tf.argmin(distances, axis=0)
                """,
                """
                def nearest(pictures, typical):
                    distances = tf.reduce_sum((pictures[:, None] - typical[None]) ** 2, axis=[2, 3])
                    return tf.argmax(distances, axis=1)
                """,
            ),
        ),
    ),
    quiz=(
        Question(
            "Inside `with tf.Graph().as_default():` you print `a + b`. Why is there no number?",
            (
                "The number is on another device.",
                "The operation was only added to a plan that nobody has run.",
                "Tensors print no numbers.",
            ),
            "b",
            "a graph is a plan, and a session or a `tf.function` runs it.",
        ),
        Question(
            "What is the shape of `tf.zeros([5, 1]) + tf.zeros([1, 7])`?",
            ("`(5, 7)`", "`(1, 1)`", "There is an error."),
            "a",
            "each axis of length 1 is repeated to the length of the other.",
        ),
        Question(
            "And of `tf.zeros([5]) + tf.zeros([5, 1])`?",
            ("`(5,)`", "`(5, 1)`", "`(5, 5)`"),
            "c",
            "read from the right: 5 and 1 make 5, a missing axis and 5 make 5. This is the trap of exercise 2.3.",
        ),
        Question(
            "`tf.constant(np.ones(3)) * tf.constant([1.0, 2.0, 3.0])` raises an error. Why?",
            (
                "NumPy arrays are no tensors.",
                "The first is `float64`, the second `float32`, and types do not mix.",
                "The shapes do not fit.",
            ),
            "b",
            "arrays keep NumPy's `float64`; convert data where it enters.",
        ),
        Question(
            "A loop of 1,000 tiny eager operations is slow. What takes the time?",
            ("The arithmetic.", "Copying data to another device.", "Starting 1,000 operations."),
            "c",
            "an operation costs microseconds to start, however little it computes.",
        ),
    ),
)
