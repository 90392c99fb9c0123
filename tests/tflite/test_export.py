"""The whole way: the function that the command calls, with real child processes, and what lies there afterwards."""

import importlib.util
import re

import pytest
from tf2kit.tflite import metadata

from tests.export import inside
from tf2kit import tflite
from tf2kit.export import RuntimeMissingError, child

from .files import make


def test_without_litert_the_command_that_installs_it_is_named(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(RuntimeMissingError) as error:
        tflite.TARGET.needs(True)
    assert "pip install 'tf2kit[export]'" in error.value.sentence()


@pytest.mark.slow
def test_a_proven_file_has_its_labels_inside_and_its_source_beside_it(zoo, tmp_path):
    about = {"name": "shapes", "description": "Which one?", "labels": ["a", "b", "c", "d", "e"], "mean": 0.5, "std": 2}
    options = {"quantize": "float16", "metadata": about, "c_array": True}
    report = tflite.export(zoo("mlp"), tmp_path / "mlp.tflite", options)
    assert report.proven, report.to_text()
    assert report.tolerance == 1e-3
    found = metadata.read(tmp_path / "mlp.tflite")
    assert {key: found[key] for key in ("name", "description", "labels")} == {
        k: about[k] for k in ("name", "description", "labels")
    }
    assert (found["labels_for"], found["normalised"], found["mean"], found["std"]) == (
        "classes",
        "features",
        [0.5],
        [2.0],
    )
    numbers = re.findall(r"0x(..),", (tmp_path / "mlp.cc").read_text())
    assert bytes.fromhex("".join(numbers)) == (tmp_path / "mlp.tflite").read_bytes()


@pytest.mark.slow
def test_a_file_that_is_too_far_off_is_kept_under_a_name_that_says_so(zoo, tmp_path, monkeypatch):
    monkeypatch.setattr(child, "call", inside.call)
    report = tflite.export(zoo("mlp"), tmp_path / "mlp.tflite", {"quantize": "float16", "max_error": 1e-7})
    assert (report.proven, report.exit_code) == (False, 1)
    assert sorted(p.suffix for p in tmp_path.iterdir() if p.is_file()) == [".json", ".tflite"]
    assert (tmp_path / "mlp.unproven.tflite").is_file()


@pytest.mark.slow
def test_metadata_says_which_inputs_are_bytes_of_texts(zoo, tmp_path):
    made = make(zoo("text_vectorization"), tmp_path / "m.tflite")
    (described,) = metadata.read(made.path)["inputs"].values()
    assert "UTF-8 bytes" in described


@pytest.mark.slow
def test_a_fixed_batch_keeps_loops_short(zoo, tmp_path):
    opened = make(zoo("lstm"), tmp_path / "open.tflite")
    fixed = make(zoo("lstm"), tmp_path / "fixed.tflite", batch=2)
    assert fixed.error(count=2) <= 1e-5
    assert sum(fixed.info["ops"].values()) < sum(opened.info["ops"].values()) / 5
