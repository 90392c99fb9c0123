"""What may be asked for, and data to calibrate on."""

import sys

import numpy as np
import pytest
from tf2kit.tflite import representative, texts
from tf2kit.tflite.options import Options

from tf2kit.export import ExportError, Signature, TensorSpec

PAIR = Signature(
    "serving_default",
    {"x": TensorSpec("x", (None, 3), "float32"), "n": TensorSpec("n", (None,), "int32")},
    {"y": TensorSpec("y", (None, 1), "float32")},
)


def test_flags_that_do_not_go_together_end_with_code_2_before_the_model_is_read(capsys, tmp_path):
    from tf2kit.cli import main

    argv = ["export", "tflite", str(tmp_path / "no.keras"), "-o", str(tmp_path / "m.tflite")]
    assert main([*argv, "--quantize", "int8"]) == 2
    assert "--representative data.npz" in capsys.readouterr().err
    assert main([*argv, "--metadata", str(tmp_path / "no.json")]) == 2
    assert "metadata cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"quantize": "int4"}, "Choose one of float32"),
        ({"quantize": "int8"}, "--representative"),
        ({"quantize": "int16x8"}, "--representative"),
        ({"layers": 3, "quantize": "dynamic"}, "not measured"),
        ({"max_error": 0}, "above 0"),
        ({"max_error": float("nan")}, "above 0"),
    ],
)
def test_what_makes_no_sense_is_said_before_anything_starts(given, said):
    with pytest.raises(ExportError) as error:
        Options.of(given)
    assert said in error.value.sentence()
    assert error.value.usage


def test_each_quantisation_has_its_own_tolerance_unless_one_is_given():
    assert Options.of({"quantize": "float16"}).tolerance == 1e-3
    assert Options.of({"quantize": "float16", "max_error": 1e-6}).tolerance == 1e-6
    assert Options.of({}).tolerance == 1e-5


def test_options_of_others_and_those_left_out_do_not_disturb():
    assert Options.of({"unroll": 3, "quantize": "dynamic", "max_error": None}) == Options("dynamic")


def test_samples_of_a_file_get_the_types_of_the_inputs(tmp_path):
    np.savez(tmp_path / "data.npz", x=np.ones((5, 3)), n=np.arange(5), more=np.zeros(2))
    read = representative.read(str(tmp_path / "data.npz"), PAIR)
    assert {name: array.dtype.name for name, array in read.items()} == {"x": "float32", "n": "int32"}


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"x": np.ones((5, 3))}, 'has no array "n"; it has x'),
        ({"x": np.ones((5, 3)), "n": np.arange(4)}, "different numbers of samples"),
        ({"x": np.ones((5, 4)), "n": np.arange(5)}, "shape (5, 4)"),
        ({"x": np.ones((0, 3)), "n": np.arange(0)}, "numbers of samples: [0]"),
    ],
)
def test_samples_that_do_not_fit_are_refused(tmp_path, arrays, said):
    np.savez(tmp_path / "data.npz", **arrays)
    with pytest.raises(ExportError) as error:
        representative.read(str(tmp_path / "data.npz"), PAIR)
    assert said in str(error.value)


@pytest.mark.parametrize("source", ["nowhere.npz", "no_such_module_of_data:give", "sys:no_such_function"])
def test_samples_that_are_not_there_are_a_sentence(source):
    with pytest.raises(ExportError) as error:
        representative.read(source, PAIR)
    assert source in str(error.value)
    assert error.value.todo


def test_a_file_with_a_pickle_is_not_opened(tmp_path):
    np.savez(tmp_path / "data.npz", x=np.array([{}], object))
    with pytest.raises(ExportError, match="cannot be read"):
        representative.read(str(tmp_path / "data.npz"), PAIR)


def test_a_callable_may_yield_single_samples_or_batches(tmp_path, monkeypatch):
    (tmp_path / "my_data.py").write_text(
        "import numpy as np\n"
        "def one():\n    return ({'x': np.full(3, i), 'n': i} for i in range(4))\n"
        "def many():\n    yield {'x': np.ones((2, 3)), 'n': np.arange(2)}\n    yield {'x': np.ones((1, 3)), 'n': np.arange(1)}\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.delitem(sys.modules, "my_data", raising=False)
    assert representative.read("my_data:one", PAIR)["x"].tolist() == [[i] * 3 for i in range(4)]
    assert representative.read("my_data:many", PAIR)["n"].tolist() == [0, 1, 0]


def test_samples_come_one_by_one_or_as_many_as_the_model_fixes():
    fixed = Signature("s", {"x": TensorSpec("x", (2, 3), "float32")}, {})
    data = {"x": np.arange(15.0).reshape(5, 3)}
    assert [b["x"].shape for b in representative.batches(data, fixed)] == [(2, 3), (2, 3)]
    opened = Signature("s", {"x": TensorSpec("x", (None, 3), "float32")}, {})
    assert len(list(representative.batches(data, opened))) == 5


def test_inputs_without_axes_have_one_number_for_each_sample(tmp_path):
    loop = Signature("s", {"x": TensorSpec("x", (None, 3), "float32"), "n": TensorSpec("n", (), "int32")}, {})
    np.savez(tmp_path / "data.npz", x=np.ones((3, 3)), n=np.array([4, 5, 6]))
    read = representative.read(str(tmp_path / "data.npz"), loop)
    assert [(b["x"].shape, int(b["n"])) for b in representative.batches(read, loop)] == [((1, 3), n) for n in (4, 5, 6)]
    compared = representative.sample({"representative": str(tmp_path / "data.npz")}, loop)
    assert (compared["x"].shape, compared["n"].shape) == ((3, 3), ())
    drawn = {"x": np.ones((2, 3)), "n": np.array(7)}
    assert [int(b["n"]) for b in representative.batches(drawn, loop)] == [7, 7]


def test_texts_become_bytes_filled_up_with_zeros():
    made = texts.encode(np.array([["é!"], [b""]], object))
    assert made.shape == (2, 1, texts.SIZE)
    assert bytes(made[0, 0, :4]) == "é!".encode() + b"\0"
    assert not made[1].any()


def test_a_text_that_is_too_long_is_not_cut_silently():
    with pytest.raises(ExportError, match="257 bytes"):
        texts.encode(np.array(["x" * 257]))
