"""What a learner has done, in one file of the learner's folder."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

FOLDER = "TF2KIT_LESSONS"  # the environment variable that moves the folder


@dataclass
class Record:
    """Of one lesson: keys of solved exercises, and right answers of the last quiz that had no open question."""

    solved: list[str] = field(default_factory=list)
    quiz: int | None = None


def folder() -> Path:
    """Where a learner's copies and progress are: ``TF2KIT_LESSONS``, else ``tf2kit-lessons`` in the home folder."""
    named = os.environ.get(FOLDER)
    return Path(named) if named else Path.home() / "tf2kit-lessons"


def load() -> dict[str, Record]:
    """All records by key of lesson; none when there is no file or when it cannot be understood."""
    try:
        rows = json.loads((folder() / "progress.json").read_text(encoding="utf-8"))
        return {key: Record(list(row["solved"]), row["quiz"]) for key, row in rows.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def add_solved(lesson: str, exercise: str) -> str | None:
    """Keep that an exercise is solved; returns a sentence when that could not be written."""
    records = load()
    record = records.setdefault(lesson, Record())
    record.solved = sorted({*record.solved, exercise})
    return _save(records)


def set_quiz(lesson: str, right: int) -> str | None:
    """Keep the result of a quiz; returns a sentence when that could not be written."""
    records = load()
    records.setdefault(lesson, Record()).quiz = right
    return _save(records)


def forget(lesson: str) -> None:
    """Take back the progress of a lesson.

    Raises:
      OSError: the file cannot be written.
    """
    records = load()
    if records.pop(lesson, None) is not None:
        _write(records)


def _save(records: dict[str, Record]) -> str | None:
    try:
        _write(records)
    except OSError as error:
        return f"(Your progress could not be kept in {folder()}: {error.strerror}. Set {FOLDER} to another folder.)"
    return None


def _write(records: dict[str, Record]) -> None:
    """Write beside the file and then rename, so that two notebooks never leave half a file."""
    folder().mkdir(parents=True, exist_ok=True)
    draft = folder() / f".progress.{os.getpid()}"
    draft.write_text(json.dumps({key: asdict(record) for key, record in sorted(records.items())}, indent=2) + "\n")
    draft.replace(folder() / "progress.json")
