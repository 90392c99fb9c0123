"""What is written into ONNX models: names, open sizes, opsets, operators; `test_zoo.py` says that they answer the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.export import inside
from tf2kit.export import ExportError, child, onnx, parity, story
from tf2kit.export.report import Report

Zoo = Callable[[str], str]
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("onnx")]


@pytest.fixture(autouse=True)
def _installed() -> None:
    for name in ("tf2onnx", "onnxruntime"):
        pytest.importorskip(name, reason="needs the packages of requirements.txt: make setup")


@pytest.fixture
def export(zoo: Zoo, tmp_path: Path) -> Callable[..., Report]:
    def exported(name: str, options: dict | None = None, **fields: object) -> Report:
        folder = Path(zoo("two_signatures")).parent
        return inside.export(onnx.TARGET, name, folder, tmp_path / f"{name}.onnx", options, **fields)

    return exported


def test_names_and_the_open_batch_size_survive(export: Callable[..., Report]) -> None:
    import onnxruntime

    session = onnxruntime.InferenceSession(export("multi_io").artefact)
    assert {x.name for x in session.get_inputs()} == {"image", "extra"}
    assert {x.name for x in session.get_outputs()} == {"value", "kind"}
    for count in (1, 7):
        feed = {"image": np.zeros((count, 12, 12, 3), np.float32), "extra": np.zeros((count, 4), np.float32)}
        assert [len(x) for x in session.run(None, feed)] == [count, count]


def test_a_fixed_batch_size_is_written_down(export: Callable[..., Report]) -> None:
    import onnxruntime

    for name in ("mlp", "saved_model_1"):
        report = export(name, batch=3)
        assert report.proven
        assert [x.shape[0] for x in onnxruntime.InferenceSession(report.artefact).get_inputs()] == [3]


def test_the_opset_is_the_one_that_is_asked_for(export: Callable[..., Report]) -> None:
    from onnx import load

    report = export("mlp", {"opset": 15})
    assert [row.version for row in load(report.artefact).opset_import if row.domain == ""] == [15]
    with pytest.raises(ExportError, match="opset 19"):
        export("tabular_strings", {"opset": 18})


def test_recurrent_layers_become_operators(export: Callable[..., Report]) -> None:
    assert export("lstm").info["ops"]["LSTM"] == 2


def test_floor_division_of_negative_integers_is_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """tf2onnx alone writes a model that says -1 for -4 // 3, and for -4 % 3."""
    import tensorflow as tf

    module = tf.Module()
    module.divide = tf.function(
        lambda x: {"y": x // 3, "z": x % 3}, input_signature=[tf.TensorSpec([None], tf.int32, name="x")]
    )
    tf.saved_model.save(module, str(tmp_path / "saved"), signatures=module.divide)
    np.savez(tmp_path / "x.npz", x=np.arange(-7, 8))
    monkeypatch.setattr(child, "call", inside.call)
    proof = story.Proof(repeats=0, samples=tmp_path / "x.npz")
    report = onnx.export(str(tmp_path / "saved"), tmp_path / "m.onnx", proof=proof)
    assert parity.within([e for row in report.rows for e in row.errors], 0)
