"""Quantised files: run, measured, chosen, and layer by layer."""

import numpy as np
import pytest

from tests.export import inside
from tf2kit.export import ExportError, child, samples

from .files import again, make

pytestmark = pytest.mark.slow
COUNT = 120


@pytest.fixture(scope="module")
def data(tmp_path_factory, zoo):
    """A file with samples for the cnn, and its model."""
    folder = tmp_path_factory.mktemp("data")
    plain = make(zoo("cnn"), folder / "float32.tflite")
    drawn = samples.draw(plain.model.main, COUNT, seed=5)
    np.savez(folder / "data.npz", **drawn)
    np.savez(folder / "few.npz", **{name: array[:4] for name, array in drawn.items()})
    return folder, plain, drawn


@pytest.fixture
def no_children(monkeypatch):
    """A TensorFlow less for each conversion; `test_a_crash_of_the_converter_does_not_end_the_search` has the real ones."""
    monkeypatch.setattr(child, "call", inside.call)


# largest error on the samples; smallest ratio of sizes
@pytest.mark.parametrize(
    ("mode", "error", "ratio"),
    [("float16", 1e-3, 1.8), ("dynamic", 0.05, 2.5), ("int8", 0.1, 2.5), ("int8-io", 0.1, 2.5), ("int16x8", 0.02, 2.5)],
)
def test_each_quantisation_is_smaller_and_close(mode, error, ratio, data, tmp_path):
    folder, plain, drawn = data
    made = again(data[1].loaded, tmp_path / "m.tflite", {"quantize": mode, "representative": str(folder / "data.npz")})
    assert 0 < made.error(drawn) <= error
    assert plain.path.stat().st_size > ratio * made.path.stat().st_size
    assert made.info["quantize"] == mode


def test_integer_inputs_and_outputs_are_integers(data, tmp_path):
    from ai_edge_litert.interpreter import Interpreter

    options = {"quantize": "int8-io", "representative": str(data[0] / "data.npz")}
    made = again(data[1].loaded, tmp_path / "m.tflite", options)
    runner = Interpreter(str(made.path)).get_signature_runner(made.model.main.name)
    details = [*runner.get_input_details().values(), *runner.get_output_details().values()]
    assert {d["dtype"] for d in details} == {np.int8}


def test_few_samples_to_calibrate_on_are_a_warning(data, tmp_path):
    options = {"quantize": "int8", "representative": str(data[0] / "few.npz")}
    notes = " ".join(again(data[1].loaded, tmp_path / "few.tflite", options).info["notes"])
    assert "4 samples are few" in notes
    options["representative"] = str(data[0] / "data.npz")
    notes = " ".join(again(data[1].loaded, tmp_path / "many.tflite", options).info["notes"])
    assert f"Calibrated on {COUNT} samples" in notes
    assert "few" not in notes


def test_auto_takes_the_smallest_file_that_is_exact_enough(data, tmp_path, no_children):
    options = {"quantize": "auto", "representative": str(data[0] / "data.npz"), "max_error": 0.3}
    made = again(data[1].loaded, tmp_path / "m.tflite", options)
    tried = {row["quantize"]: row for row in made.info["tried"]}
    fitting = [row for row in tried.values() if row["error"] <= 0.3]
    assert set(tried) == {"int8", "int16x8", "dynamic"}
    assert tried[made.info["quantize"]]["size"] == min(row["size"] for row in fitting)
    assert made.error(data[2]) <= 0.3


def test_auto_falls_back_to_floats_where_integers_are_too_coarse(data, tmp_path, no_children):
    made = again(data[1].loaded, tmp_path / "m.tflite", {"quantize": "auto", "max_error": 1e-6})
    assert made.info["quantize"] == "float32"
    assert [row["quantize"] for row in made.info["tried"]] == ["dynamic", "float16", "float32"]
    assert made.error(data[2]) <= 1e-5


def test_the_layers_that_are_hurt_most_come_first_and_have_names(data, tmp_path, no_children):
    options = {"quantize": "int8", "representative": str(data[0] / "data.npz"), "layers": 4}
    made = again(data[1].loaded, tmp_path / "m.tflite", options)
    rows = made.info["layers"]
    assert len(rows) == 4
    assert [row["error"] for row in rows] == sorted((row["error"] for row in rows), reverse=True)
    assert all(0 < row["error"] < 1 and row["op"] in made.info["ops"] for row in rows)
    assert any(rows[0]["name"].partition(";")[0] in note for note in made.info["notes"])
    assert all(row["cut"] < 0.01 for row in rows)


def test_values_beyond_what_calibration_saw_show_as_cut_off(data, tmp_path):
    from tf2kit.tflite import layers

    _, plain, drawn = data
    np.savez(tmp_path / "faint.npz", **{name: array * 0.05 for name, array in drawn.items()})
    made = again(
        data[1].loaded, tmp_path / "m.tflite", {"quantize": "int8", "representative": str(tmp_path / "faint.npz")}
    )
    given = {name: array[:8] for name, array in drawn.items()}
    rows = layers.worst(made.path, plain.path, made.model.main.name, given, 8)
    assert max(row.cut for row in rows) > 0.05


def test_a_crash_of_the_converter_does_not_end_the_search(zoo, tmp_path, monkeypatch):
    from tf2kit.tflite import measure

    convert = measure.file

    def crash(exportable, options, mode, folder):
        if mode == "dynamic":
            raise ExportError("convert was ended by the signal SIGSEGV.")
        return convert(exportable, options, mode, folder)

    monkeypatch.setattr(measure, "file", crash)
    made = make(zoo("mlp"), tmp_path / "m.tflite", {"quantize": "auto", "max_error": 0.1})
    assert made.info["quantize"] == "float16"
    assert "dynamic: convert was ended by the signal SIGSEGV." in " ".join(made.info["notes"])
