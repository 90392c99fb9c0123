"""What came of writing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WriteReport:
    """Files ``written``; files ``refused`` on purpose and files that ``failed``, each with a reason; the ``backup`` folder, if any."""

    written: list[str]
    refused: list[tuple[str, str]]
    failed: list[tuple[str, str]]
    backup: str | None = None
