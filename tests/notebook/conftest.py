"""The folder that the cells of these tests run in."""

from __future__ import annotations

from tests.runner.conftest import place

__all__ = ["place"]
