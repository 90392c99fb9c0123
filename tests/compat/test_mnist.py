"""Where the tutorial loader finds its data, and what it says when there is no MNIST."""

from __future__ import annotations

import contextlib
import sys
import threading
import types
import urllib.request
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.compat import mnist_order

pytestmark = pytest.mark.slow


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """The module that finds the data, with no prepared data sets around."""
    from tf2kit.compat.examples.tutorials.mnist import sources

    monkeypatch.setenv("TFDS_DATA_DIR", str(tmp_path / "no-tfds"))
    monkeypatch.setattr(sources, "_answers", lambda _: False)
    sources._digits.cache_clear()
    return sources


@pytest.fixture
def read(sources: Any) -> Any:
    from tf2kit.compat.examples.tutorials.mnist import input_data

    return input_data.read_data_sets


def test_unpacked_files_are_read_like_packed_ones(read: Any, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    mnist_order.write_files(str(tmp_path / "a"))
    mnist_order.write_files(str(tmp_path / "b"), packed=False)
    a, b = read(str(tmp_path / "a"), validation_size=5), read(str(tmp_path / "b"), validation_size=5)
    assert np.array_equal(a.train.images, b.train.images)
    assert np.array_equal(a.test.labels, b.test.labels)


def test_digits_take_the_place_of_mnist_with_one_line_on_stderr(
    read: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sets = read(str(tmp_path), one_hot=True)
    read(str(tmp_path))
    assert [s.images.shape for s in sets] == [(1375, 784), (125, 784), (297, 784)]
    assert sets.train.labels.shape == (1375, 10)
    assert 0.0 == sets.train.images.min() < sets.train.images.max() == 1.0
    (line,) = capsys.readouterr().err.splitlines()
    assert "scikit-learn's digits" in line
    assert "train-images-idx3-ubyte.gz" in line


def test_digits_keep_their_pixels_when_enlarged(read: Any, tmp_path: Path) -> None:
    from sklearn.datasets import load_digits

    images = read(str(tmp_path), reshape=False, validation_size=0).train.images[..., 0]
    small = np.round(load_digits().images[:1500] * 255 / 16).astype(np.uint8)
    assert np.array_equal(np.round(images[:, 2:26:3, 2:26:3] * 255).astype(np.uint8), small)
    assert images[:, :2].max() == images[:, -2:].max() == 0


def test_without_scikit_learn_the_error_names_both_ways(
    read: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    with pytest.raises(
        ModuleNotFoundError, match=r"train-images-idx3-ubyte\.gz(.|\n)*tensorflow-datasets(.|\n)*scikit-learn"
    ):
        read(str(tmp_path))


def test_a_folder_with_some_of_the_files_is_reported(
    read: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mnist_order.write_files(str(tmp_path))
    (tmp_path / "t10k-labels-idx1-ubyte.gz").unlink()
    assert read(str(tmp_path)).test.num_examples == 297
    assert "not t10k-labels-idx1-ubyte" in capsys.readouterr().err


def test_a_source_of_the_programs_own_is_downloaded(read: Any, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    mnist_order.write_files(str(tmp_path / "there"))
    target = tmp_path / "here"
    assert read(str(target), source_url=(tmp_path / "there").as_uri() + "/", validation_size=5).train.num_examples == 45
    assert len(list(target.iterdir())) == 4


def test_a_source_that_fails_is_reported_and_leaves_no_files(
    read: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    read(str(tmp_path / "new"), source_url=(tmp_path / "nothing").as_uri() + "/")
    assert "could not be downloaded" in capsys.readouterr().err
    assert list((tmp_path / "new").iterdir()) == []


ROWS = [{"image": np.full((28, 28, 1), i, np.uint8), "label": i} for i in range(10)]


@pytest.fixture
def tfds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A stand-in for tensorflow_datasets; ``calls`` are what it was asked for."""
    stub: Any = types.ModuleType("tensorflow_datasets")
    stub.__spec__ = types.SimpleNamespace(name="tensorflow_datasets")
    stub.calls = []

    def builder(*what: str, **where: str) -> Any:
        stub.calls.append((*what, *where.values()))
        return types.SimpleNamespace(
            download_and_prepare=lambda: stub.calls.append("download"),
            as_dataset=lambda split: ROWS if split == "train" else ROWS[:4],
        )

    stub.builder = stub.builder_from_directory = builder
    stub.as_numpy = iter
    monkeypatch.setitem(sys.modules, "tensorflow_datasets", stub)
    monkeypatch.setenv("TFDS_DATA_DIR", str(tmp_path / "tfds"))
    return stub


def test_prepared_tensorflow_datasets_are_opened_by_folder(read: Any, tfds: Any, tmp_path: Path) -> None:
    prepared = tmp_path / "tfds" / "mnist" / "3.0.1"
    prepared.mkdir(parents=True)
    (prepared / "dataset_info.json").write_text("{}")
    sets = read(str(tmp_path), validation_size=2)
    assert tfds.calls == [(str(prepared),)]
    assert [s.num_examples for s in sets] == [8, 2, 4]
    assert sets.validation.labels.tolist() == [0, 1]


def test_tensorflow_datasets_downloads_if_the_server_answers(
    read: Any, sources: Any, tfds: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_answers", lambda url: url.endswith("train-labels-idx1-ubyte.gz"))
    assert read(str(tmp_path), validation_size=2).train.num_examples == 8
    assert tfds.calls == [("mnist", str(tmp_path / "tfds")), "download"]


def test_tensorflow_datasets_is_left_alone_without_a_network(read: Any, tfds: Any, tmp_path: Path) -> None:
    assert read(str(tmp_path)).test.num_examples == 297
    assert tfds.calls == []


def test_tensorflow_datasets_may_fail(
    read: Any,
    sources: Any,
    tfds: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sources, "_answers", lambda _: True)
    monkeypatch.setattr(tfds, "builder", None)
    assert read(str(tmp_path)).test.num_examples == 297
    first, second = capsys.readouterr().err.splitlines()
    assert "tensorflow-datasets (TypeError: 'NoneType' object is not callable)" in first
    assert "scikit-learn's digits" in second


def test_a_server_that_never_answers_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from tf2kit.compat.examples.tutorials.mnist import sources

    silence = threading.Event()
    monkeypatch.setattr(sources, "_PATIENCE", 0.01)
    monkeypatch.setattr(urllib.request, "urlopen", lambda *_, **__: contextlib.nullcontext(silence.wait()))
    assert not sources._answers("https://nowhere")
    silence.set()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda data: b"\0\0\x08\x01" + data[4:], "Invalid magic number 2049"),
        (lambda data: data[:1000], "cut off"),
        (lambda data: data[:5], "cut off"),
    ],
)
def test_a_damaged_file_is_named(damage: Any, message: str, read: Any, tmp_path: Path) -> None:
    mnist_order.write_files(str(tmp_path), packed=False)
    path = tmp_path / "train-images-idx3-ubyte"
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(ValueError, match=f"{message}.*train-images-idx3-ubyte|train-images-idx3-ubyte.*{message}"):
        read(str(tmp_path))


def test_a_validation_set_larger_than_the_training_set_is_refused(read: Any, tmp_path: Path) -> None:
    mnist_order.write_files(str(tmp_path))
    with pytest.raises(ValueError, match=r"between 0 and 50\. Received: 5000"):
        read(str(tmp_path))
