"""The lessons that there are: each module ``lesson_NN.py`` of this folder has one as ``LESSON``."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from ..model import Lesson


@functools.cache
def lessons() -> dict[str, Lesson]:
    """All lessons by key ("04"), in their order."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name.startswith("lesson_"))
    found: list[Lesson] = [importlib.import_module(f".{name}", __name__).LESSON for name in names]
    return {lesson.key: lesson for lesson in found}


def teaching(code: str) -> list[Lesson]:
    """The lessons that explain a migration rule, by its code or its family."""
    return [lesson for lesson in lessons().values() if any(code.startswith(rule) for rule in lesson.rules)]
