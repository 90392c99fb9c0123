"""Where the notebooks are that come with tf2kit, and a learner's copies of them."""

from __future__ import annotations

import importlib.util
import itertools
import shutil
from pathlib import Path

from . import progress
from .model import Lesson


def room() -> Path:
    """The folder with all sources and notebooks, in a clone or in site-packages."""
    found = importlib.util.find_spec("tf2kit.lessons.notebooks")
    if found is None or found.origin is None:
        raise FileNotFoundError("tf2kit was installed without its lessons; install it again")
    return Path(found.origin).parent


def copy_of(lesson: Lesson) -> Path:
    """A learner's own notebook of a lesson; it need not exist yet."""
    return progress.folder() / f"{lesson.stem}.ipynb"


def prepare(lesson: Lesson) -> Path:
    """The learner's notebook of a lesson, copied now if there is none.

    Raises:
      OSError: it cannot be written.
    """
    mine = copy_of(lesson)
    if not mine.exists():
        mine.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(room() / f"{lesson.stem}.ipynb", mine)
    return mine


def renew(lesson: Lesson) -> Path | None:
    """Put a fresh copy in place of the learner's; returns where the old one went, None when there was none.

    Raises:
      OSError: it cannot be written.
    """
    mine = copy_of(lesson)
    if not mine.exists():
        prepare(lesson)
        return None
    kept = next(file for number in itertools.count(1) if not (file := mine.with_suffix(f".old{number}.ipynb")).exists())
    mine.rename(kept)
    prepare(lesson)
    return kept
