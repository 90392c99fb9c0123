"""What a learner reads: verdicts, quizzes, guesses beside facts, pictures with a description."""

from __future__ import annotations

import json

import pytest

from tf2kit.lessons import check, microseconds, progress, quiz, reveal, show
from tf2kit.lessons.checking import judge
from tf2kit.lessons.course import lessons
from tf2kit.lessons.judging import NotYet, close, is_stub, need
from tf2kit.lessons.model import Exercise


@pytest.fixture(autouse=True)
def mine(tmp_path, monkeypatch):
    monkeypatch.setenv("TF2KIT_LESSONS", str(tmp_path / "mine"))
    return tmp_path / "mine"


def exercise(check):
    return Exercise("07-2", "a title", check, ("hint",), "solution", ("a", "b"))


def unwritten():
    return ...


def documented():
    """What to do."""


class Layer:
    def __init__(self):
        self.size = 1

    def call(self, x):
        return ...


@pytest.mark.parametrize("stub", [..., unwritten, documented, lambda x: ..., Layer])
def test_a_stub_of_any_kind_is_open_and_its_check_is_not_run(stub):
    verdict = judge(exercise(lambda answer: need(False, "was run")), (stub,))
    assert verdict.state == "open"
    assert verdict.text.startswith("Exercise 7.2 is still open: ")


@pytest.mark.parametrize("written", [0, None, "text", lambda x: x, lambda: 5, int, lambda x: x[..., 0]])
def test_what_was_written_is_no_stub(written):
    assert not is_stub(written)


def test_an_answer_with_a_gap_is_open_only_where_it_is_not_right():
    def half(x):
        factor = ...
        return factor * x

    def last_axis(x, i=0):
        return x[..., i]

    assert judge(exercise(lambda answer: answer(2)), (half,)).state == "open"
    assert judge(exercise(lambda answer: None), (last_axis,)).state == "solved"


def test_what_the_code_of_a_learner_raises_becomes_a_sentence():
    verdict = judge(exercise(lambda answer: answer(1)), (lambda x: x.missing,))
    assert verdict.state == "wrong"
    assert "your code raised AttributeError: 'int' object has no attribute 'missing'" in verdict.text


@pytest.mark.parametrize(
    ("got", "words"),
    [
        (None, "Does your function end with `return …`?"),
        ([1.0], "has shape (1,); (2,) was expected"),
        ([1.0, 3.0], "f(1) is [1. 3.]; [1. 2.] was expected"),
        ("text", "should be numbers, but it is text (str)"),
    ],
)
def test_a_difference_is_told_with_both_values(got, words):
    with pytest.raises(NotYet) as told:
        close(got, [1.0, 2.0], "f(1)")
    assert words in str(told.value)


def test_a_solved_exercise_is_kept_and_counted(mine, capsys):
    check("01-1", 8 * 8)
    assert not mine.exists()
    check("01-1", 1797 * 64)
    check("01-1", 1797 * 64)
    assert "1 of 4 exercises of this lesson are solved." in capsys.readouterr().out
    assert json.loads((mine / "progress.json").read_text()) == {"01": {"solved": ["01-1"], "quiz": None}}


def test_an_unknown_exercise_or_lesson_is_answered_with_what_keys_look_like(capsys):
    check("01-99", 1)
    check("nonsense")
    quiz("4")
    told = capsys.readouterr().out
    assert "There is no exercise '01-99'. Keys look like '04-2': lesson 4, exercise 2." in told
    assert "There is no exercise 'nonsense'." in told
    assert "There is no lesson '4'. Keys have two digits, for example '04'." in told


def test_a_quiz_says_why_and_does_not_tell_the_answer(mine, capsys):
    questions = lessons()["01"].quiz
    quiz("01", questions[0].answer.upper(), "x", ..., "a")
    told = capsys.readouterr().out
    assert f"Question 1 is right: {questions[0].why}" in told
    assert "Question 2: 'x' is none of the answers; give one of a, b, c, in quotes." in told
    assert "Question 3 is still open" in told
    assert f"Question 4, not yet: read it once more. You chose: {questions[3].options[0]}" in told
    assert not mine.exists()
    quiz("01", *[question.answer for question in questions])
    assert progress.load()["01"].quiz == len(questions)
    quiz("01", "a")
    assert "has 4 questions and you gave 1 answers" in capsys.readouterr().out


def test_progress_that_cannot_be_written_or_read_does_not_stop_a_lesson(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TF2KIT_LESSONS", str(tmp_path / "file"))
    check("01-1", 1797 * 64)
    told = capsys.readouterr().out
    assert "is solved" in told
    assert "could not be kept" in told
    assert "Set TF2KIT_LESSONS to another folder" in told
    monkeypatch.setenv("TF2KIT_LESSONS", str(tmp_path))
    for text in ("", "[]", '{"01": 3}', '{"01": {}}'):
        (tmp_path / "progress.json").write_text(text)
        assert progress.load() == {}


def test_a_guess_is_shown_beside_the_fact(capsys):
    for guess, fact, words in [
        (..., 5, "You wrote no guess"),
        (5, 5, "You guessed it."),
        (0.97, 0.96, "You guessed it."),
        ([3, 5], [3.0, 5.0], "You guessed it."),
        ("error", "error", "You guessed it."),
        ([1, 2], 3, "Not what you expected?"),
        ("five", 5, "Not what you expected?"),
        ([1, [2]], 3, "Not what you expected?"),
    ]:
        reveal(guess, fact)
        assert words in capsys.readouterr().out, (guess, fact)


def test_a_picture_has_its_description_as_text_and_in_html(monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "agg")
    plt = pytest.importorskip("matplotlib.pyplot", reason="needs the extra 'lessons'")
    figure, _ = plt.subplots()
    picture = show(figure, alt='a "line" that rises')
    assert repr(picture) == '[picture] a "line" that rises'
    page = picture._repr_html_()
    assert 'alt="a &quot;line&quot; that rises"' in page
    assert page.startswith('<img src="data:image/png;base64,iVBOR')
    assert not plt.get_fignums()


def test_a_measured_time_is_positive_and_grows_with_the_work():
    assert 0 < microseconds(lambda: None, windows=2) < microseconds(lambda: sum(range(100_000)), windows=2)
