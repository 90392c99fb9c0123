"""`tf2kit learn`: the lessons, what of them is done, and a copy of each to work in. Imports no TensorFlow."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from ..cli_arguments import COLORS, Parser, add_choice
from ..cli_errors import UsageError, unknown
from ..lessons import files, progress
from ..lessons.course import lessons
from ..lessons.model import Lesson
from ..terminal import Output

_ACTIONS = ("list", "open", "check", "reset")
_EPILOG = """\
Actions:
  list      all lessons, how long they take and what is done (the default)
  open N    your copy of lesson N, in JupyterLab where it is installed
  check N   what of lesson N is solved and what is open
  reset N   a fresh copy of lesson N; the old one is kept beside it, its progress is forgotten

Your copies and your progress are in ~/tf2kit-lessons; TF2KIT_LESSONS names another folder."""


def run(argv: Sequence[str], prog: str) -> int:
    """Do what is asked for; returns 0, and for ``check`` 1 while something is open.

    Raises:
      UsageError: there is no such action or lesson, or the folder cannot be written.
    """
    parser = Parser(prog, "Learn TensorFlow 2 with the lessons that come with tf2kit.", _EPILOG)
    parser.add_argument("action", nargs="?", default="list", help="list, open, check or reset (default: list)")
    parser.add_argument("number", nargs="?", help="the number of a lesson")
    add_choice(parser, "--color", "a colour mode", COLORS, "colours on a terminal (auto); NO_COLOR turns them off")
    args = parser.read(argv)
    out = Output("stdout", args.color)
    if args.action not in _ACTIONS:
        raise UsageError(f"{unknown('an action', args.action, _ACTIONS)}\nSee: tf2kit learn --help")
    if args.action == "list":
        return _list(out)
    lesson = _lesson(args.action, args.number)
    try:
        return {"open": _open, "check": _check, "reset": _reset}[args.action](lesson, out)
    except OSError as error:
        raise UsageError(
            f"{progress.folder()}: {error.strerror or error}; set {progress.FOLDER} to a folder that you can write to"
        ) from None


def _lesson(action: str, number: str | None) -> Lesson:
    if number is None:
        raise UsageError(f"which lesson? For example: tf2kit learn {action} 1\n`tf2kit learn` lists them.")
    lesson = lessons().get(number.zfill(2))
    if lesson is None:
        known = ", ".join(str(lesson.number) for lesson in lessons().values())
        raise UsageError(f"there is no lesson '{number}'; there are {known}")
    return lesson


def _list(out: Output) -> int:
    records = progress.load()
    wide = max(len(lesson.title) for lesson in lessons().values())
    for key, lesson in lessons().items():
        state, colour = _state(lesson, records.get(key, progress.Record()))
        out.line(f"{lesson.number:>2}  {lesson.title:<{wide}}  {lesson.minutes} min  {out.paint(state, colour)}")
    minutes = sum(lesson.minutes for lesson in lessons().values())
    out.line(f"\n{len(lessons())} lessons, about {minutes // 60} hours. Your folder: {progress.folder()}")
    first = next((le for key, le in lessons().items() if key not in records), None)
    if first is not None:
        out.line(f"Next: tf2kit learn open {first.number}")
    return 0


def _state(lesson: Lesson, record: progress.Record) -> tuple[str, str]:
    """What of a lesson is done, and its colour."""
    solved = len(record.solved)
    text = f"{solved} of {len(lesson.exercises)} exercises"
    if record.quiz is not None:
        text += f", quiz {record.quiz} of {len(lesson.quiz)}"
    if not solved and record.quiz is None:
        return "not begun", "dim"
    return text, "ok" if solved == len(lesson.exercises) else "path"


def _open(lesson: Lesson, out: Output) -> int:
    copy = files.prepare(lesson)
    if importlib.util.find_spec("jupyterlab") is None:
        out.line(f"Your copy of lesson {lesson.number}: {copy}")
        out.line("Open it in VS Code or upload it to Colab; for JupyterLab: python -m pip install jupyterlab,")
        out.line(f"then once more: tf2kit learn open {lesson.number}")
        return 0
    out.line(f"Starting JupyterLab with {copy}; Ctrl-C here ends it.")
    out.flush()
    return _jupyter(copy)


def _jupyter(copy: Path) -> int:
    return subprocess.run([sys.executable, "-m", "jupyterlab", copy.name], cwd=copy.parent, check=False).returncode


def _check(lesson: Lesson, out: Output) -> int:
    record = progress.load().get(lesson.key, progress.Record())
    out.line(f"Lesson {lesson.number}: {lesson.title}")
    for exercise in lesson.exercises:
        solved = exercise.key in record.solved
        mark = out.paint("solved", "ok") if solved else out.paint("open  ", "dim")
        out.line(f"  {mark}  {exercise.shown}  {exercise.title}")
    marks = "open" if record.quiz is None else f"{record.quiz} of {len(lesson.quiz)} right"
    out.line(f"  quiz: {marks}")
    done = len(record.solved) == len(lesson.exercises) and record.quiz is not None
    if not done:
        out.line(f"The checks run in the notebook: tf2kit learn open {lesson.number}")
    return 0 if done else 1


def _reset(lesson: Lesson, out: Output) -> int:
    kept = files.renew(lesson)
    progress.forget(lesson.key)
    out.line(f"Lesson {lesson.number} is as new: {files.copy_of(lesson)}")
    if kept is not None:
        out.line(f"Your old copy is kept: {kept}")
    return 0
