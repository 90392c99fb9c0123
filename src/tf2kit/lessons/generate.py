"""Make the notebooks, and the table of lessons/README.md, from the sources: ``python -m tf2kit.lessons.generate [NUMBER …]``.

The source of a lesson has its text and its cells (jupytext's percent format). Added here, from the course: the head with the badge, the
first cell, hints and solution below each exercise, the questions of the quiz, and the foot. Notebooks have no outputs.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from . import home
from .course import lessons
from .files import room
from .model import Exercise, Lesson

CHECK = re.compile(r'^check\("(\d\d-\d)"', re.M)
QUIZ = re.compile(r'^quiz\("\d\d"', re.M)
_TABLE = re.compile(r"(?<=<!-- lessons -->\n).*?(?=<!-- end -->)", re.S)
_KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def cells(lesson: Lesson) -> list[tuple[str, str]]:
    """The cells of a lesson's notebook: ("markdown" or "code", text)."""
    import jupytext

    source = jupytext.reads((room() / f"{lesson.stem}.py").read_text(encoding="utf-8"), fmt="py:percent")
    found = [("markdown", head(lesson)), ("code", first_cell(lesson))]
    for cell in source.cells:
        found.extend(_with_additions(lesson, cell.cell_type, cell.source.strip("\n")))
    return [*found, ("markdown", foot(lesson))]


def _with_additions(lesson: Lesson, kind: str, text: str) -> Iterator[tuple[str, str]]:
    if kind == "code" and QUIZ.search(text):
        yield "markdown", questions(lesson)
    yield kind, text
    if kind == "code":
        for key in CHECK.findall(text):
            yield "markdown", answers(lesson.exercise(key))


def head(lesson: Lesson) -> str:
    """Title, time, what comes before, and the badge."""
    needs = f"after lesson {_listed(lesson.needs)}" if lesson.needs else "nothing needs to come before"
    colab = "https://colab.research.google.com/"
    if home.REPOSITORY:
        target = f"{colab}github/{home.REPOSITORY}/blob/main/lessons/{lesson.stem}.ipynb"
        place = f"[![Open in Colab]({colab}assets/colab-badge.svg)]({target})"
    else:
        place = f"for Jupyter, VS Code and [Colab]({colab}) (upload this file there)"
    return f"# Lesson {lesson.number}: {lesson.title}\n\nAbout {lesson.minutes} minutes · {needs} · {place}"


def first_cell(lesson: Lesson) -> str:
    """The cell that makes a lesson work in Jupyter, VS Code and Colab."""
    if home.REPOSITORY:
        install = f'%pip install -q "tf2kit[lessons] @ git+https://github.com/{home.REPOSITORY}"'
    else:
        install = "raise SystemExit(\"Install tf2kit from your copy of it first: python -m pip install '.[lessons]'\")"
    return (
        f'import importlib.util\n\nif importlib.util.find_spec("tf2kit") is None:\n    {install}\n\n'
        "from tf2kit.lessons import check, quiz, reveal, show, start\n\n"
        f'start("{lesson.key}")'
    )


def answers(exercise: Exercise) -> str:
    """Hints and the solution, each behind a click."""
    folds = [(f"Hint {number}", hint) for number, hint in enumerate(exercise.hints, 1)]
    folds.append((f"Solution of {exercise.shown}", f"```python\n{exercise.solution}\n```"))
    return "\n\n".join(f"<details><summary>{name}</summary>\n\n{text}\n\n</details>" for name, text in folds)


def questions(lesson: Lesson) -> str:
    """The quiz, to be answered in the cell below."""
    rows = ["## Quiz", "Replace each `...` in the cell below by the letter of your answer, in quotes, and run it."]
    for number, question in enumerate(lesson.quiz, 1):
        options = "\n".join(f"- **{letter}** {option}" for letter, option in question.lettered().items())
        rows.append(f"**{number}.** {question.text}\n\n{options}")
    return "\n\n".join(rows)


def foot(lesson: Lesson) -> str:
    """Where to go on."""
    following = lessons().get(f"{lesson.number + 1:02}")
    rows = ["## Go on"]
    if lesson.rules:
        pages = ", ".join(f"`tf2kit {'explain' if len(code) > 3 else 'rules | grep'} {code}`" for code in lesson.rules)
        rows.append(f"- Pages of the migration rules that belong here: {pages}")
    if following:
        rows.append(f"- Next: lesson {following.number}, *{following.title}* (`tf2kit learn open {following.number}`)")
    rows.append("- Where you are: `tf2kit learn`")
    return "\n".join([rows[0], "", *rows[1:]])


def _listed(numbers: tuple[int, ...]) -> str:
    words = [str(number) for number in numbers]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def notebook(lesson: Lesson) -> str:
    """The notebook as the text of its file."""
    rows = []
    for number, (kind, text) in enumerate(cells(lesson)):
        row: dict[str, object] = {"cell_type": kind, "id": f"{lesson.key}-{number:03}", "metadata": {}}
        if kind == "code":
            row |= {"execution_count": None, "outputs": []}
        rows.append(row | {"source": text.splitlines(keepends=True)})
    whole = {"cells": rows, "metadata": _KERNEL, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def readme(text: str) -> str:
    """The text of lessons/README.md with today's table."""
    rows = ["| | Lesson | Minutes | After | Exercises |", "|---|---|---|---|---|"]
    for lesson in lessons().values():
        link = f"[{lesson.title}]({lesson.stem}.ipynb)"
        needs = ", ".join(map(str, lesson.needs)) or "–"
        rows.append(f"| {lesson.number} | {link} | {lesson.minutes} | {needs} | {len(lesson.exercises)} |")
    return _TABLE.sub(lambda _: "\n".join(rows) + "\n", text)


def main(numbers: list[str]) -> None:
    """Write the notebooks of these lessons (all when none is given) and of the ones before, which name them as next; and the table."""
    wanted = {int(number) + step for number in numbers for step in (0, -1)}
    for lesson in lessons().values():
        if not numbers or lesson.number in wanted:
            _write(room() / f"{lesson.stem}.ipynb", notebook(lesson))
    page = room() / "README.md"
    _write(page, readme(page.read_text(encoding="utf-8")))


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
