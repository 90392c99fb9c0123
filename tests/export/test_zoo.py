"""Every model of the zoo answers the same in the runtimes of all three targets; what a target cannot hold is refused op by op."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tf2kit.tfjs import browser

from tests.export import inside
from tests.export.zoo import ANIMALS
from tests.tfjs import kit
from tf2kit import tfjs, tflite
from tf2kit.export import ExportError, onnx
from tf2kit.export.report import Report

Zoo = Callable[[str], str]
pytestmark = pytest.mark.slow

# one process exports a model to all targets: it is loaded once
BY_MODEL = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ANIMALS]
ASYNCHRONOUS = {"text_vectorization", "tabular_strings", "while_loop"}
# where bytes stand for strings in TensorFlow Lite; ONNX has no texts that are taken apart
TEXTS = {"text_vectorization"}
IN_CHROMIUM = (
    "mlp", "cnn", "sepconv", "lstm", "bilstm", "causal_transformer", "text_vectorization", "tabular_strings", "while_loop", "multi_io",
)  # fmt: skip


@pytest.fixture
def export(zoo: Zoo, tmp_path: Path) -> Callable[..., Report]:
    def exported(target: object, name: str, **fields: object) -> Report:
        folder = Path(zoo("two_signatures")).parent
        report = inside.export(target, name, folder, tmp_path / f"{name}{target.suffix}", **fields)
        assert report.proven, report.to_text()
        assert report.tolerance == 1e-5
        return report

    return exported


@pytest.mark.parametrize("name", BY_MODEL)
def test_it_says_the_same_in_litert_without_select_ops(name: str, export: Callable[..., Report]) -> None:
    report = export(tflite.TARGET, name, signatures=())
    assert bool(report.info["texts"]) == (name in TEXTS)
    assert not any("select ops" in note for note in report.info["notes"])


@pytest.mark.parametrize("name", BY_MODEL)
def test_it_says_the_same_in_node_on_cpu_and_wasm(name: str, export: Callable[..., Report]) -> None:
    kit.need_node()
    report = export(tfjs.TARGET, name)
    assert [row.runtime for row in report.rows] == ["cpu", "wasm"]
    assert bool(report.info["asynchronous"]) == (name in ASYNCHRONOUS), "predict() works wherever it can"


@pytest.mark.parametrize("name", BY_MODEL)
def test_it_says_the_same_in_onnxruntime(name: str, export: Callable[..., Report], tmp_path: Path) -> None:
    if name not in TEXTS:
        export(onnx.TARGET, name)
        return
    with pytest.raises(ExportError, match=r"StaticRegexReplace.*StringSplitV2"):
        export(onnx.TARGET, name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.xdist_group("tfjs")
def test_ten_models_say_the_same_in_chromium_on_cpu_wasm_and_webgl(zoo: Zoo, tmp_path: Path) -> None:
    kit.need_node()
    with browser.chromium() as started:
        page = started.new_page()
        said: list[str] = []
        page.on("pageerror", lambda error: said.append(str(error)))
        for name in IN_CHROMIUM:
            (tmp_path / name).mkdir()
            model = kit.write(kit.request(name, zoo), tmp_path / name)
            for backend in browser.BACKENDS:
                ran = browser.in_chromium(page, model.folder, model.signature, model.given, 1, backend)
                assert model.worst(ran.outputs) <= 1e-5, (name, backend)
        assert not said
