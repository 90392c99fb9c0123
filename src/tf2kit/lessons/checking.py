"""`check` and `quiz`: say kindly what is right, what is missing and what is wrong, and never end a notebook."""

from __future__ import annotations

from dataclasses import dataclass

from . import progress
from .course import lessons
from .judging import NotYet, has_gap, is_stub
from .model import Exercise, Lesson


@dataclass(frozen=True)
class Verdict:
    """What a check found: ``state`` is "solved", "open" or "wrong"; ``text`` is what the learner reads."""

    state: str
    text: str


def check(key: str, *answer: object) -> None:
    """Check the answer to an exercise and print the verdict; a solved exercise is kept as progress.

    Args:
      key: the exercise, for example "04-2".
      answer: what it asks for: values, functions or classes; ``...`` where nothing was written yet.
    """
    lesson = lessons().get(key.split("-")[0])
    if lesson is None or key not in {exercise.key for exercise in lesson.exercises}:
        print(f"There is no exercise '{key}'. Keys look like '04-2': lesson 4, exercise 2.")
        return
    verdict = judge(lesson.exercise(key), answer)
    print(verdict.text)
    if verdict.state == "solved":
        kept = progress.add_solved(lesson.key, key)
        solved = len(progress.load().get(lesson.key, progress.Record()).solved)
        print(f"{solved} of {len(lesson.exercises)} exercises of this lesson are solved." if kept is None else kept)


def judge(exercise: Exercise, answer: tuple[object, ...]) -> Verdict:
    """The verdict on an answer; exceptions of the learner's code become part of it."""
    name = f"Exercise {exercise.shown}"
    still_open = Verdict(
        "open", f"{name} is still open: write your answer where the `...` is, then run the cell again."
    )
    if any(is_stub(part) for part in answer):
        return still_open
    try:
        exercise.check(*answer)
    except Exception as error:  # whatever the learner's code raises
        if any(has_gap(part) for part in answer):
            return still_open
        text = str(error) if isinstance(error, NotYet) else _raised(error)
        return Verdict("wrong", f"{name}, not yet: {text}")
    return Verdict("solved", f"{name} is solved: {exercise.title}.")


def _raised(error: Exception) -> str:
    text = " ".join(str(error).split())
    return f"your code raised {type(error).__name__}: {text if len(text) <= 300 else text[:299] + '…'}"


def quiz(key: str, *answers: object) -> None:
    """Mark the answers to the quiz of a lesson: one letter per question, ``...`` for one that is still open."""
    lesson = lessons().get(key)
    if lesson is None:
        print(f"There is no lesson '{key}'. Keys have two digits, for example '04'.")
        return
    if len(answers) != len(lesson.quiz):
        print(f"The quiz has {len(lesson.quiz)} questions and you gave {len(answers)} answers; put ... for open ones.")
        return
    right = sum(_mark(lesson, number, answer) for number, answer in enumerate(answers))
    if all(answer is not ... for answer in answers):
        kept = progress.set_quiz(key, right)
        print(f"{right} of {len(answers)} are right." if kept is None else kept)


def _mark(lesson: Lesson, number: int, answer: object) -> bool:
    question, name = lesson.quiz[number], f"Question {number + 1}"
    letters = question.lettered()
    letter = answer.strip().lower() if isinstance(answer, str) else answer
    if answer is ...:
        print(f'{name} is still open: put a letter in quotes in place of the `...`, for example "a".')
    elif letter not in letters:
        print(f"{name}: {answer!r} is none of the answers; give one of {', '.join(letters)}, in quotes.")
    elif letter == question.answer:
        print(f"{name} is right: {question.why}")
    else:
        print(f"{name}, not yet: read it once more. You chose: {letters[str(letter)]}")
    return letter == question.answer
