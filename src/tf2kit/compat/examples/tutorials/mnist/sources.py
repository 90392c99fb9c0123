"""Where the MNIST images come from: a folder, a URL that the program names, tensorflow_datasets, or scikit-learn's digits."""

from __future__ import annotations

import contextlib
import functools
import glob
import importlib.util
import os
import shutil
import sys
import threading
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

from .files import DEFAULT_SOURCE_URL, NAMES, path_of, read_images, read_labels

_HELP = (
    f"Put {', '.join(n + '.gz' for n in NAMES)} into {{folder!r}}, "
    "or prepare the data once with `pip install tensorflow-datasets` and `tfds.load('mnist')`"
)
# seconds to wait for the first answer of the server
_PATIENCE = 4


@dataclass(frozen=True)
class Arrays:
    """Images are uint8 ``[n, 28, 28, 1]``, labels uint8 ``[n]``; ``is_substitute`` if this is not MNIST."""

    train_images: Any
    train_labels: Any
    test_images: Any
    test_labels: Any
    is_substitute: bool = False


def find(folder: str, source_url: str) -> Arrays:
    """The first source that has the data. The folder is made if it is not there.

    Raises:
      ModuleNotFoundError: nothing has the data and scikit-learn is not installed either.
    """
    with contextlib.suppress(OSError):  # as on 1.15, where programs went on to write there
        os.makedirs(folder, exist_ok=True)
    if source_url != DEFAULT_SOURCE_URL:
        _download(folder, source_url)
    return _from_folder(folder) or _from_tensorflow_datasets() or _digits(os.fspath(folder))


def _tell(message: str) -> None:
    """One line on stderr, whatever the program has done to logging."""
    print("tf2kit: MNIST", message, file=sys.stderr)


def _from_folder(folder: str) -> Arrays | None:
    paths = {name: path_of(folder, name) for name in NAMES}
    missing = [name for name, path in paths.items() if path is None]
    if 0 < len(missing) < len(NAMES):
        _tell(f"has some of its files in {folder}, but not {', '.join(missing)}.")
    train_x, train_y, test_x, test_y = paths.values()
    if train_x is None or train_y is None or test_x is None or test_y is None:
        return None
    return Arrays(read_images(train_x), read_labels(train_y), read_images(test_x), read_labels(test_y))


def _download(folder: str, source_url: str) -> None:
    """Fetch what is missing; a file appears only when it is complete."""
    try:
        for name in NAMES:
            if path_of(folder, name) is None:
                target = os.path.join(folder, name + ".gz")
                with (
                    urllib.request.urlopen(source_url + name + ".gz", timeout=20) as answer,
                    open(target + ".part", "wb") as f,
                ):
                    shutil.copyfileobj(answer, f)
                os.replace(target + ".part", target)
                print("Successfully downloaded", name + ".gz", os.path.getsize(target), "bytes.")
    except (OSError, ValueError) as error:
        _tell(f"could not be downloaded from {source_url} ({error}).")


def _from_tensorflow_datasets() -> Arrays | None:
    """MNIST of tensorflow_datasets, if that is installed: as it was prepared earlier, or downloaded now if its server answers."""
    if importlib.util.find_spec("tensorflow_datasets") is None:
        return None
    root = os.path.expanduser(os.environ.get("TFDS_DATA_DIR", "~/tensorflow_datasets"))
    prepared = sorted(glob.glob(os.path.join(root, "mnist", "*", "dataset_info.json")))
    if not prepared and not _answers(DEFAULT_SOURCE_URL + NAMES[1] + ".gz"):
        return None
    import tensorflow_datasets as tfds

    try:
        if prepared:
            # by its folder: looking it up by name asks the network
            builder = tfds.builder_from_directory(os.path.dirname(prepared[-1]))
        else:
            builder = tfds.builder("mnist", data_dir=root)
            builder.download_and_prepare()
        # in a graph of its own: operations in the program's graph would change the seeds of those that follow
        with tf.Graph().as_default():
            train, test = (list(tfds.as_numpy(builder.as_dataset(split=split))) for split in ("train", "test"))
    except Exception as error:  # a download can fail in many ways, and so can the package
        reason = str(error).partition("\n")[0]
        _tell(f"could not be read with tensorflow-datasets ({type(error).__name__}: {reason}).")
        return None
    return Arrays(*_columns(train), *_columns(test))


def _answers(url: str) -> bool:
    """Whether a server answers soon; looking up its name may take minutes without a network, so it is not waited for."""
    answers = []

    def ask() -> None:
        request = urllib.request.Request(url, method="HEAD")
        with contextlib.suppress(OSError, HTTPException), urllib.request.urlopen(request, timeout=_PATIENCE):
            answers.append(True)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(_PATIENCE)
    return bool(answers)


def _columns(rows: list[dict[str, Any]]) -> tuple[Any, Any]:
    return np.stack([r["image"] for r in rows]), np.array([r["label"] for r in rows], np.uint8)


@functools.cache
def _digits(folder: str) -> Arrays:
    """scikit-learn's 1,797 digits, 8×8 enlarged to 24×24 with a border of two: 1,500 to train, 297 to test. Says so once a folder."""
    try:
        from sklearn.datasets import load_digits
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            f"There is no MNIST in {folder!r}. {_HELP.format(folder=folder)}; or `pip install scikit-learn`, whose small digits "
            "(1,797 images, enlarged to 28×28) then take its place."
        ) from None
    _tell(
        "was not found: scikit-learn's digits (1,797 images of 8×8, enlarged to 28×28) take its place, so numbers will differ. "
        f"{_HELP.format(folder=folder)}."
    )
    digits = load_digits()
    enlarged = np.kron(np.round(digits.images * (255 / 16)).astype(np.uint8), np.ones((1, 3, 3), np.uint8))
    images = np.pad(enlarged, ((0, 0), (2, 2), (2, 2)))[..., np.newaxis]
    labels = digits.target.astype(np.uint8)
    return Arrays(images[:1500], labels[:1500], images[1500:], labels[1500:], is_substitute=True)
