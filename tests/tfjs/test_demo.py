"""The page of the demo: it loads, reads a drawn digit right, switches backends, and works with keys and on a phone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tf2kit.tfjs import browser
from tf2kit.tfjs.demo.__main__ import main

from tests.browser import chromium
from tests.tfjs import kit

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("tfjs")]

# corners of strokes, in parts of the paper
STROKES = {
    "0": [
        [
            (0.5, 0.15),
            (0.3, 0.3),
            (0.27, 0.5),
            (0.3, 0.7),
            (0.5, 0.85),
            (0.7, 0.7),
            (0.73, 0.5),
            (0.7, 0.3),
            (0.5, 0.15),
        ]
    ],
    "1": [[(0.38, 0.3), (0.52, 0.15), (0.52, 0.85)]],
    "7": [[(0.25, 0.17), (0.75, 0.17), (0.45, 0.85)], [(0.33, 0.5), (0.68, 0.5)]],
    "4": [[(0.45, 0.15), (0.25, 0.55), (0.75, 0.55)], [(0.6, 0.4), (0.6, 0.85)]],
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kit.need_node()
    folder = tmp_path_factory.mktemp("demo")
    assert main([str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def started() -> Iterator[Any]:
    chromium()
    with browser.chromium() as program:
        yield program


def opened(started: Any, site: Path, **context: Any) -> tuple[Any, list[str]]:
    page = started.new_context(**context).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(request.url))
    browser.serve(page, {"": site, "lib": site / "lib", "model": site / "model"})
    page.goto(f"{browser.ORIGIN}/index.html")
    ready(page, "wasm")
    assert page.evaluate("getComputedStyle(document.querySelector('main')).display") == "grid", (
        "the style sheet is there"
    )
    return page, said


def ready(page: Any, backend: str) -> None:
    page.wait_for_selector(f"html[data-backend={backend}]", state="attached", timeout=60_000)


def draw(page: Any, digit: str) -> None:
    page.click("#clear")
    says(page, "–")
    page.locator("#paper").scroll_into_view_if_needed()
    box = page.locator("#paper").bounding_box()
    for stroke in STROKES[digit]:
        corners = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        page.mouse.move(*corners[0])
        page.mouse.down()
        for corner in corners[1:]:
            page.mouse.move(*corner, steps=6)
        page.mouse.up()


def says(page: Any, digit: str) -> None:
    expect(page.locator("#digit")).to_have_text(digit, timeout=20_000)


def test_drawn_digits_are_read_right_on_every_backend(started: Any, site: Path) -> None:
    page, said = opened(started, site)
    for backend in ("wasm", "cpu", "webgl"):
        page.check(f"input[value={backend}]")
        ready(page, backend)
        for digit in STROKES:
            draw(page, digit)
            says(page, digit)
        assert page.inner_text("#latency").startswith(f"{backend}: ")
    assert not said


def test_a_digit_can_be_drawn_with_keys_alone(started: Any, site: Path) -> None:
    page, said = opened(started, site)
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "paper":
            break
    for key in ["ArrowUp"] * 8 + ["Space"] + ["ArrowDown"] * 16 + ["Space"]:
        page.keyboard.press(key)
    says(page, "1")
    page.keyboard.press("Delete")
    says(page, "–")
    assert not said


def test_nothing_is_cut_off_on_a_phone_and_a_finger_draws(started: Any, site: Path) -> None:
    page, said = opened(started, site, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    draw(page, "7")
    says(page, "7")
    assert not said


def test_the_card_says_what_was_measured(started: Any, site: Path) -> None:
    page, _ = opened(started, site)
    card = json.loads((site / "card.json").read_text())
    assert card["accuracy"] > 0.97
    assert "within 0.00001" in page.inner_text("#verdict") or "within 1e-5" in page.inner_text("#verdict")
    assert page.locator("#rows tr").count() == len(card["rows"]) == 2
    assert all(row["error"] <= card["tolerance"] for row in card["rows"])


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kit.need_node()
    (tmp_path / "thesis.txt").write_text("mine")
    assert main([str(tmp_path)]) == 2
    assert "not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
