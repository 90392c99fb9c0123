"""Lesson 1: how the lessons work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..judging import close, need
from ..model import Exercise, Lesson, Question


def _count(numbers: Any) -> None:
    need(
        numbers != 64,
        "64 is the numbers in one picture; there are 1,797 pictures. Multiply all three parts of the shape.",
    )
    close(numbers, 1797 * 8 * 8, "The number of pixels in all pictures")


def _fahrenheit(fahrenheit: Callable[[float], Any]) -> None:
    close(fahrenheit(0.0), 32.0, "fahrenheit(0.0)")
    close(fahrenheit(100.0), 212.0, "fahrenheit(100.0)")
    close(fahrenheit(-40.0), -40.0, "fahrenheit(-40.0)")


def _draw(draw: Callable[[], Any]) -> None:
    import numpy as np

    first, second = np.asarray(draw()), np.asarray(draw())
    need(first.shape == (3,), f"draw() should return 3 numbers; its shape is {first.shape}.")
    need(len(set(first.tolist())) == 3, f"draw() returns {first}: the same every time, but not drawn at random.")
    need(
        (first == second).all(),
        f"draw() returned {first} and then {second}. Something has to be set anew inside the function, on every call.",
    )


def _brightness(brightness: Any) -> None:
    shape = getattr(brightness, "shape", None)
    need(shape != (), "That is one number, the mean of everything. Which axes belong to one picture? Give `axis`.")
    need(
        shape != (1797,),
        "The values are there, but the two axes are gone. Look in the help for the argument that keeps them, with length 1.",
    )
    need(
        shape == (1797, 1, 1),
        f"The shape should be (1797, 1, 1), one number per picture with all three axes; it is {shape}.",
    )
    close(brightness[0, 0, 0], 294 / 64, "The mean of picture 0")


LESSON = Lesson(
    number=1,
    slug="start_here",
    title="Start here",
    minutes=20,
    needs=(),
    exercises=(
        Exercise(
            "01-1",
            "numbers are read from a shape, not counted",
            _count,
            hints=(
                "`images.shape` is `(1797, 8, 8)`: pictures, rows, columns.",
                "How many numbers has a box 2 × 3 × 4?",
            ),
            solution="pixels = 1797 * 8 * 8",
            wrong=("pixels = 8 * 8", "pixels = 1797 * 8"),
        ),
        Exercise(
            "01-2",
            "a function is checked by calling it",
            _fahrenheit,
            hints=(
                "Water freezes at 0 °C = 32 °F and boils at 100 °C = 212 °F.",
                "100 degrees on one scale are 180 on the other.",
            ),
            solution="""
            def fahrenheit(celsius):
                return celsius * 9 / 5 + 32
            """,
            wrong=(
                "def fahrenheit(celsius):\n    return (celsius + 32) * 9 / 5",
                "def fahrenheit(celsius):\n    celsius * 9 / 5 + 32",
            ),
        ),
        Exercise(
            "01-3",
            "a seed makes chance repeatable",
            _draw,
            hints=(
                "The generator goes on from where it is. What puts it back to its start?",
                "Call `tf.random.set_seed(…)` inside the function, before you draw.",
            ),
            solution="""
            def draw():
                tf.random.set_seed(7)
                return tf.random.normal([3])
            """,
            wrong=(
                "tf.random.set_seed(7)\n\n\ndef draw():\n    return tf.random.normal([3])",
                "def draw():\n    return tf.zeros([3])",
            ),
        ),
        Exercise(
            "01-4",
            "the help knows the argument",
            _brightness,
            hints=(
                "`help(tf.reduce_mean)` lists four arguments. Two of them matter here.",
                "`axis=[1, 2]` takes the mean over rows and columns. And `keepdims`?",
            ),
            solution="brightness = tf.reduce_mean(images, axis=[1, 2], keepdims=True)",
            wrong=("brightness = tf.reduce_mean(images)", "brightness = tf.reduce_mean(images, axis=[1, 2])"),
        ),
    ),
    quiz=(
        Question(
            "You changed a cell in the middle of a notebook. What is true of the cells below it?",
            (
                "They are up to date: a notebook computes anew what depends on a change.",
                "They show results of the old cell until you run them again.",
                "They are deleted.",
            ),
            "b",
            "a notebook runs only what you run. Restart and run all when in doubt.",
        ),
        Question(
            "What does `tf.random.set_seed(1)` promise?",
            (
                "All random numbers that follow are equal.",
                "The sequence that follows is the same one every time it starts from there.",
                "No random numbers are drawn any more.",
            ),
            "b",
            "it fixes the sequence, not the numbers in it.",
        ),
        Question(
            '`check` says "not yet". What has happened to the notebook?',
            (
                "Nothing: it goes on, and you may try as often as you like.",
                "It has stopped, as after an exception.",
                "The exercise is closed.",
            ),
            "a",
            "a check only looks. Nobody counts attempts.",
        ),
        Question(
            "A tensor has shape `(1797, 8, 8)`. What is the shape of its mean over axes 1 and 2?",
            ("`(8, 8)`", "`(1797,)`", "`(1797, 1, 1)`, always"),
            "b",
            "the axes that are averaged go, unless `keepdims=True` keeps them with length 1.",
        ),
    ),
)
