"""Every lesson has what a learner was promised, and every notebook is made from its source."""

from __future__ import annotations

import itertools
import re
import symtable

import pytest

from tf2kit.lessons import files, generate, home
from tf2kit.lessons.course import lessons

LESSONS = list(lessons().values())
every_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
RENEW = "run: python -m tf2kit.lessons.generate"


def texts(lesson, kind):
    return [text for what, text in generate.cells(lesson) if what == kind]


@every_lesson
def test_the_notebook_is_in_step_with_its_source_and_has_no_outputs(lesson):
    assert (files.room() / f"{lesson.stem}.ipynb").read_text(encoding="utf-8") == generate.notebook(lesson), RENEW


def test_the_map_has_every_lesson_as_it_is():
    page = (files.room() / "README.md").read_text(encoding="utf-8")
    assert page == generate.readme(page), RENEW


def test_every_source_is_a_lesson():
    assert [f.stem for f in sorted(files.room().glob("[0-9]*.py"))] == [lesson.stem for lesson in LESSONS]


@every_lesson
def test_a_lesson_takes_20_to_45_minutes_and_builds_on_earlier_ones(lesson):
    assert 20 <= lesson.minutes <= 45
    assert all(0 < number < lesson.number for number in lesson.needs)


@every_lesson
def test_a_lesson_says_what_for_asks_for_predictions_and_names_its_sources(lesson):
    prose = "\n\n".join(texts(lesson, "markdown"))
    assert prose.count("**After this lesson you can**") == 1
    assert prose.count("**Predict.**") >= 3
    assert "> **Coming from TensorFlow 1.**" in prose
    sources = prose.split("## Sources\n")[1].split("## Go on")[0]
    assert sources.count("\n- ") >= 2


@every_lesson
def test_the_cell_behind_a_prediction_takes_the_guess_and_reveals_the_fact(lesson):
    cells = generate.cells(lesson)
    for (_, text), (kind, code) in itertools.pairwise(cells):
        if "**Predict.**" in text:
            assert kind == "code", text
            assert "my_guess = ..." in code, text
            assert "reveal(my_guess, " in code, text


@every_lesson
def test_there_are_four_exercises_or_more_each_with_hints_and_two_wrong_answers(lesson):
    called = [key for text in texts(lesson, "code") for key in generate.CHECK.findall(text)]
    assert called == [exercise.key for exercise in lesson.exercises]
    assert called == [f"{lesson.key}-{number}" for number in range(1, len(called) + 1)]
    assert len(called) >= 4
    for exercise in lesson.exercises:
        assert len(exercise.hints) >= 1, exercise.key
        assert len(set(exercise.wrong)) >= 2, exercise.key
        assert "..." not in exercise.solution.replace("[...", ""), exercise.key


@every_lesson
def test_the_quiz_has_four_questions_and_its_answers_are_among_the_options(lesson):
    (cell,) = [text for text in texts(lesson, "code") if generate.QUIZ.search(text)]
    assert cell == f'quiz("{lesson.key}", {", ".join(["..."] * len(lesson.quiz))})'
    assert len(lesson.quiz) >= 4
    assert len({question.answer for question in lesson.quiz}) >= 2
    for question in lesson.quiz:
        assert question.answer in question.lettered(), question.text
        assert len(question.options) >= 3, question.text


@every_lesson
def test_cells_are_short(lesson):
    for text in texts(lesson, "code"):
        assert text.count("\n") < 25, text
        assert max(map(len, text.splitlines())) <= 120, text
    for text in texts(lesson, "markdown"):
        if "<details>" not in text and "## Quiz" not in text:
            assert len(text.split()) <= 200, text


@every_lesson
def test_every_picture_has_a_description(lesson):
    code = "\n".join(texts(lesson, "code"))
    assert "plt.show(" not in code
    assert len(re.findall(r"plt\.(?:figure|subplots)\(", code)) == len(re.findall(r'show\(\s*\w+,\s*alt=f?"', code))


@every_lesson
def test_spellings_that_keras_3_took_away_do_not_occur(lesson):
    code = "\n".join(texts(lesson, "code"))
    gone = [
        "tensorflow.keras",
        "input_shape=",
        "reset_states(",
        "lr=",
        "optimizers.legacy",
        "allow_pickle=",
    ]
    assert [word for word in gone if re.search(rf"(?<!\w){re.escape(word)}", code)] == []


@every_lesson
def test_no_cell_uses_what_an_open_exercise_leaves_undone(lesson):
    undone: set[str] = set()
    for text in texts(lesson, "code"):
        source = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(("%", "!")))
        needed = _loaded(symtable.symtable(source, "cell", "exec")) - _bound(source)
        assert needed & undone == set(), text
        keys = generate.CHECK.findall(text)
        undone -= _bound(source)
        for key in keys:
            undone |= _bound(source) | _bound(lesson.exercise(key).solution)


def _bound(source: str) -> set[str]:
    symbols = symtable.symtable(source, "cell", "exec").get_symbols()
    return {s.get_name() for s in symbols if s.is_assigned() or s.is_imported() or s.is_namespace()}


def _loaded(table: symtable.SymbolTable) -> set[str]:
    """Global names that a cell, or a function or class in it, reads."""
    outer = table.get_type() == "module"
    here = {s.get_name() for s in table.get_symbols() if s.is_referenced() and (outer or s.is_global())}
    return here.union(*map(_loaded, table.get_children()))


def test_the_address_of_the_project_is_one_setting(monkeypatch):
    monkeypatch.setattr(home, "REPOSITORY", "somebody/tf2kit")
    lesson = LESSONS[0]
    badge = f"https://colab.research.google.com/github/somebody/tf2kit/blob/main/lessons/{lesson.stem}.ipynb"
    assert f"]({badge})" in generate.head(lesson)
    assert '%pip install -q "tf2kit[lessons] @ git+https://github.com/somebody/tf2kit"' in generate.first_cell(lesson)
