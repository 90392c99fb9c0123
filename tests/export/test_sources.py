"""Whatever a model is, it becomes signatures with its names; whatever is wrong with it, a sentence says so."""

from __future__ import annotations

import pickle
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.export.zoo import ANIMALS
from tf2kit.export import ExportError, samples, sources
from tf2kit.export.sources import Request

Zoo = Callable[[str], str]


def refused(said: str, request: Request, folder: Path) -> ExportError:
    with pytest.raises(ExportError, match=said) as raised:
        sources.load(request, folder)
    assert raised.value.usage
    return raised.value


def test_a_missing_file_is_said_at_once(tmp_path: Path) -> None:
    assert "module:callable" in refused("There is no model", Request(str(tmp_path / "none.keras")), tmp_path).todo


def test_a_pickle_is_not_loaded_whatever_its_name(tmp_path: Path) -> None:
    ran = tmp_path / "ran"

    class Trap:
        def __reduce__(self) -> tuple[Any, ...]:
            return (ran.touch, ())

    for suffix in (".keras", ".h5"):
        path = tmp_path / f"model{suffix}"
        path.write_bytes(pickle.dumps(Trap()))
        refused("is no Keras model", Request(str(path)), tmp_path)
    assert not ran.exists()


def test_a_lambda_layer_is_refused_before_anything_is_loaded(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "m.keras", "w") as archive:
        archive.writestr("config.json", '{"config": {"layers": [{"class_name": "Lambda", "config": {}}]}}')
    assert "--unsafe" in refused("Lambda", Request(str(tmp_path / "m.keras")), tmp_path).todo


def test_another_kind_of_file_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "model.pt").write_bytes(b"PK\x03\x04")
    refused("no kind of model", Request(str(tmp_path / "model.pt")), tmp_path)


@pytest.mark.slow
def test_every_model_of_the_zoo_has_signatures_that_answer_like_the_original(zoo: Zoo, tmp_path: Path) -> None:
    from tf2kit.export.sources import saved_models

    for name in set(ANIMALS) - {"resnet50", "efficientnetb0", "mobilenetv2"}:
        animal = ANIMALS[name]
        loaded = sources.load(Request(zoo(name), animal.inputs, animal.outputs), tmp_path / name)
        functions = saved_models.read(loaded.exportable.saved_model).signatures
        for signature in loaded.exportable.signatures.values():
            drawn = samples.draw(signature)
            expected = loaded.calls[signature.name](drawn)
            actual = saved_models.call_of(functions[signature.name])(drawn)
            assert set(actual) == set(signature.outputs) == set(expected), name
            for key, array in expected.items():
                np.testing.assert_allclose(actual[key], array, rtol=1e-6, atol=1e-6)


@pytest.mark.slow
def test_signatures_know_names_embeddings_and_vocabularies(zoo: Zoo, tmp_path: Path) -> None:
    def inputs(name: str) -> Any:
        return sources.load(Request(zoo(name)), tmp_path / name).exportable.main.inputs

    assert inputs("embedding_conv1d")["tokens"].high == 100
    assert inputs("bilstm")["tokens"].high == 50
    tabular = inputs("tabular_strings")
    assert set(tabular) == {"city", "job", "age"}
    assert "Oslo" in tabular["city"].words
    assert inputs("text_vectorization")["text"].text


@pytest.mark.slow
def test_layers_of_keras_are_saved_only_where_their_tables_are_needed(zoo: Zoo, tmp_path: Path) -> None:
    """Saving them takes four times as long."""
    from tf2kit.export.sources import saved_models

    for name, needed in (("mlp", False), ("tabular_strings", True)):
        folder = sources.load(Request(zoo(name)), tmp_path / name).exportable.saved_model
        assert hasattr(saved_models.read(folder), "model") == needed


@pytest.mark.slow
def test_a_lambda_layer_is_exported_where_that_is_allowed(tmp_path: Path) -> None:
    import keras

    x = keras.Input((3,), name="x")
    keras.Model(x, keras.layers.Lambda(lambda t: t * 2, output_shape=(3,), name="double")(x)).save(tmp_path / "m.keras")
    refused("Lambda", Request(str(tmp_path / "m.keras")), tmp_path)
    loaded = sources.load(Request(str(tmp_path / "m.keras"), unsafe=True), tmp_path)
    assert loaded.calls["serving_default"]({"x": np.float32([[1, 2, 3]])})["double"].tolist() == [[2, 4, 6]]


@pytest.mark.slow
def test_saved_models_without_signatures_and_damaged_ones_are_refused(tmp_path: Path) -> None:
    import tensorflow as tf

    tf.saved_model.save(tf.Module(), str(tmp_path / "bare"))
    assert "signatures=" in refused("has no signatures", Request(str(tmp_path / "bare")), tmp_path).todo
    (tmp_path / "empty").mkdir()
    refused("holds no SavedModel", Request(str(tmp_path / "empty")), tmp_path)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "saved_model.pb").write_bytes(b"\xff\xff not a protocol buffer")
    refused("cannot be loaded", Request(str(tmp_path / "broken")), tmp_path)


@pytest.mark.slow
def test_graphs_say_what_could_go_in_and_come_out(zoo: Zoo, tmp_path: Path) -> None:
    frozen = zoo("frozen_graph")
    todo = refused("does not say what goes in", Request(frozen), tmp_path).todo
    assert re.search(r"Placeholders: x\..*probabilities", todo)
    refused("no tensor nothing", Request(frozen, ("nothing",), ("probabilities",)), tmp_path)
    renamed = sources.load(Request(frozen, ("pixels=x:0",), ("p=probabilities",)), tmp_path / "a").exportable.main
    assert (list(renamed.inputs), list(renamed.outputs)) == (["pixels"], ["p"])
    (tmp_path / "bad.pb").write_bytes(b"\xff\xff")
    refused("no frozen graph", Request(str(tmp_path / "bad.pb"), ("x",), ("y",)), tmp_path)


@pytest.mark.slow
def test_signatures_are_chosen_by_name_and_misspelt_ones_get_a_suggestion(zoo: Zoo, tmp_path: Path) -> None:
    chosen = sources.load(Request(zoo("two_signatures"), signatures=("score",)), tmp_path).exportable
    assert list(chosen.signatures) == ["score"]
    refused("did you mean 'embed'", Request(zoo("two_signatures"), signatures=("embde",)), tmp_path)


@pytest.mark.slow
def test_modules_that_fail_say_how(tmp_path: Path) -> None:
    refused("cannot be imported", Request("no_such_module_here:make"), tmp_path)
    refused("did you mean 'zipfile'|is not in the module", Request(f"{__name__}:zipfiel"), tmp_path)
    refused("returned bool", Request(f"{__name__}:returns_a_bool"), tmp_path)


def returns_a_bool() -> bool:
    return True
