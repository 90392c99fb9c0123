"""The page in a real browser: no message, no request, no barrier for people, and its buttons work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tf2kit.migrate import discover, migrate
from tf2kit.migrate.report import html
from tf2kit.migrate.report.model import Report

from tests.browser import browser, watched
from tests.laws.support import ROOT
from tests.report.test_html import diverging

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of all old examples."""
    return written(tmp_path_factory.mktemp("page"), "")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of one example: an audit looks at every cell."""
    return written(tmp_path_factory.mktemp("page"), "softmax_python2.py")


def written(folder: Path, example: str) -> Path:
    result = migrate(discover.discover([str(ROOT / "examples" / "legacy" / example)], ()))
    path = folder / "report.html"
    path.write_text(html.render(Report(result.files, result.programs, result.seconds), diverging()), encoding="utf-8")
    return path


def opened(chrome: Browser, file: Path, scheme: str = "light") -> tuple[Page, list[str]]:
    page, seen = watched(chrome, scheme)
    page.goto(file.as_uri())
    return page, seen


def test_the_page_opens_without_a_message_and_asks_for_nothing_but_itself(chrome: Browser, file: Path) -> None:
    page, seen = opened(chrome, file)
    assert page.title() == "tf2kit report"
    assert seen == [f"request: {file.as_uri()}"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_audit_of_the_unfolded_page_finds_no_barrier(chrome: Browser, small: Path, scheme: str) -> None:
    page, _ = opened(chrome, small, scheme)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_light_and_dark_can_be_switched(chrome: Browser, file: Path) -> None:
    page, _ = opened(chrome, file, "dark")
    colour = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(colour)
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate(colour) != before


def test_the_keyboard_alone_reaches_the_report_and_unfolds_the_changes(chrome: Browser, file: Path) -> None:
    page, _ = opened(chrome, file)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    files = page.locator("details.file")
    assert files.count() > 5
    expect(page.locator("details.file:not([open])")).to_have_count(0)


def test_the_list_of_programs_can_be_filtered(chrome: Browser, file: Path) -> None:
    page, _ = opened(chrome, file)
    page.get_by_role("searchbox").fill("lstm_sine")
    expect(page.locator("#programs tbody tr:visible")).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text("1 shown")
