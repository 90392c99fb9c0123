"""Where the project lives: the one setting behind the Colab badges and the first cell of every lesson."""

from __future__ import annotations

REPOSITORY: str | None = None
"""``owner/name`` on GitHub; None as long as the project has no home. Then `python -m tf2kit.lessons.generate`."""
