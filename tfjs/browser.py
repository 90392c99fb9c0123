"""Runs a written model in headless Chromium, on the backends cpu, wasm and webgl. Needs playwright and a Chromium of the system."""

from __future__ import annotations

import functools
import mimetypes
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from tf2kit.export import ExportError, Ran, Signature
from tf2kit.export.errors import RuntimeMissingError

from . import nodejs, run

BACKENDS = ("cpu", "wasm", "webgl")
# nothing is listening there: every request is answered by us, so that no port is needed
ORIGIN = "http://tf2kit.test"
_FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
]
_NAMES = ("chromium", "chromium-browser", "google-chrome")
# what systems differ about
_TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm"}


def in_chromium(
    page: Any,
    artefact: Path,
    signature: Signature,
    samples: Mapping[str, np.ndarray],
    repeats: int = 0,
    backend: str = "webgl",
) -> Ran:
    """Run the model of a folder in a page of `chromium`.

    Args:
      page: from `chromium`.
      artefact: the folder with model.json; must be served as ``/model/`` by the page, see `serve`.
      signature: what goes in and comes out.
      samples: an array for each input.
      repeats: how many calls with one sample are timed.
      backend: one of `BACKENDS`.

    Raises:
      ExportError: TF.js refuses the model or fails in it.
    """
    asked = run.request(artefact, signature, samples, repeats)
    serve(page, {"model": artefact, "runtime": nodejs.SCRIPTS, "packages": nodejs.packages() / "node_modules"})
    page.goto(f"{ORIGIN}/runtime/page.html")
    said = page.evaluate("([backend, asked]) => window.answer(backend, asked)", [backend, asked])
    if "error" in said:
        raise ExportError(f"TF.js in Chromium ({backend}): {said['error']}")
    return run.answer(said)


@contextmanager
def chromium() -> Iterator[Any]:
    """A headless browser of playwright.

    Raises:
      RuntimeMissingError: no playwright, or no Chromium.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise RuntimeMissingError(
            "Pages are run with playwright, which is not installed.", "pip install playwright"
        ) from error
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        raise RuntimeMissingError("There is no Chromium.", "On Debian and Ubuntu: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def serve(page: Any, folders: Mapping[str, Path]) -> None:
    """Answer what the page asks of `ORIGIN` from folders: ``/name/file`` is `file` in the folder `name`; the name "" is the root."""
    page.unroute_all()
    page.route(f"{ORIGIN}/**", functools.partial(_fulfil, folders))


def _fulfil(folders: Mapping[str, Path], route: Any) -> None:
    path = route.request.url.removeprefix(ORIGIN).partition("?")[0].lstrip("/")
    name, _, rest = path.partition("/")
    file = folders[name] / rest if name in folders else folders.get("", Path("/nowhere")) / (path or "index.html")
    if not file.is_file():
        route.fulfill(status=404, body="not found")
        return
    kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    route.fulfill(status=200, body=file.read_bytes(), content_type=kind)
