"""A headless Chromium for tests of pages. Chromium comes from the system (Debian: ``apt install chromium``), never from a download."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def chromium() -> str:
    """Its path; without one the test is skipped, but fails in continuous integration."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        missing = "there is no Chromium; on Debian and Ubuntu: apt install chromium"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return found


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """A browser that is closed at the end."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=_FLAGS)
        yield started
        started.close()


def watched(started: Browser, scheme: str = "light") -> tuple[Page, list[str]]:
    """A new page in a ``scheme`` (light or dark), and the list that its console messages, errors and requests go to."""
    page = started.new_context(color_scheme=scheme, bypass_csp=True).new_page()  # type: ignore[arg-type]
    seen: list[str] = []
    page.on("console", lambda message: seen.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: seen.append(f"error: {error}"))
    page.on("request", lambda request: seen.append(f"request: {request.url}"))
    return page, seen
