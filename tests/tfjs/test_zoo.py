"""Every model of the zoo says the same in TF.js."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tf2kit.tfjs import browser, run

from tests.export.zoo import ANIMALS, LARGE
from tests.tfjs import kit
from tf2kit.export.sources import Request

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("tfjs")]

ASYNCHRONOUS = {"text_vectorization", "tabular_strings", "while_loop"}
IN_CHROMIUM = (
    "mlp", "cnn", "sepconv", "lstm", "bilstm", "causal_transformer", "text_vectorization", "tabular_strings", "while_loop", "multi_io",
)  # fmt: skip


def written(name: str, zoo: Callable[[str], str], folder: Path) -> kit.Written:
    animal = ANIMALS[name]
    chosen = ("score",) if name == "two_signatures" else ()
    return kit.write(Request(zoo(name), animal.inputs, animal.outputs, chosen), folder)


@pytest.mark.parametrize("name", ANIMALS)
def test_it_says_the_same_in_node_on_cpu_and_wasm(name: str, zoo: Callable[[str], str], tmp_path: Path) -> None:
    kit.need_node()
    model = written(name, zoo, tmp_path)
    for backend in ("cpu", "wasm"):
        ran = run.in_node(model.folder, model.signature, model.given, 0 if name in LARGE else 1, backend)
        assert model.worst(ran.outputs) <= 1e-5, backend
    assert bool(model.info["asynchronous"]) == (name in ASYNCHRONOUS), "predict() works wherever it can"


def test_it_says_the_same_in_chromium_on_all_backends(zoo: Callable[[str], str], tmp_path: Path) -> None:
    kit.need_node()
    with browser.chromium() as started:
        page = started.new_page()
        said: list[str] = []
        page.on("pageerror", lambda error: said.append(str(error)))
        for name in IN_CHROMIUM:
            (tmp_path / name).mkdir()
            model = written(name, zoo, tmp_path / name)
            for backend in browser.BACKENDS:
                ran = browser.in_chromium(page, model.folder, model.signature, model.given, 1, backend)
                assert model.worst(ran.outputs) <= 1e-5, (name, backend)
        assert not said
