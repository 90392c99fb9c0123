"""What a lesson is besides its text: exercises with their checks, hints and answers, and the questions of its quiz."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Exercise:
    """One exercise. Its stub is the cell of the lesson that ends with ``check(key, …)``.

    ``check`` takes what that call gives it, returns when all is well and raises `judging.NotYet` (by `need` or `close`) otherwise.
    ``solution`` and each text of ``wrong`` are source that takes the stub's place in front of that call.
    """

    key: str
    title: str
    check: Callable[..., None]
    hints: tuple[str, ...]
    solution: str
    wrong: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "solution", textwrap.dedent(self.solution).strip())
        object.__setattr__(self, "wrong", tuple(textwrap.dedent(text).strip() for text in self.wrong))

    @property
    def shown(self) -> str:
        """The key as learners read it: "4.1" for "04-1"."""
        lesson, number = self.key.split("-")
        return f"{int(lesson)}.{number}"


@dataclass(frozen=True)
class Question:
    """A question of a quiz. ``options`` are shown as a, b, c …; ``answer`` is the letter of the right one, ``why`` the reason."""

    text: str
    options: tuple[str, ...]
    answer: str
    why: str

    def lettered(self) -> dict[str, str]:
        """Letter → option."""
        return dict(zip("abcdef", self.options, strict=False))


@dataclass(frozen=True)
class Lesson:
    """A lesson. ``minutes`` is how long it takes a learner, ``needs`` are numbers of lessons that come before it.

    ``rules`` are the codes, or the first letters of families of codes, whose pages it explains.
    """

    number: int
    slug: str
    title: str
    minutes: int
    needs: tuple[int, ...]
    exercises: tuple[Exercise, ...]
    quiz: tuple[Question, ...]
    rules: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The number with two digits."""
        return f"{self.number:02}"

    @property
    def stem(self) -> str:
        """The name of its files without the ending."""
        return f"{self.key}_{self.slug}"

    def exercise(self, key: str) -> Exercise:
        """The exercise with this key.

        Raises:
          KeyError: it has none.
        """
        for exercise in self.exercises:
            if exercise.key == key:
                return exercise
        raise KeyError(key)
