"""Inputs to calibrate quantisation on."""

from __future__ import annotations

import importlib
import itertools
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from tf2kit.export import ExportError, Signature, TensorSpec

# what TensorFlow's own guide asks for; few samples let activations of rare inputs be cut off
ADVISED = 100
LARGEST = 1000
# enough to measure an error on
COMPARED = 64


def read(source: str, signature: Signature) -> dict[str, np.ndarray]:
    """At most `LARGEST` samples, stacked along the first axis.

    Args:
      source: ``file.npz`` with an array for each input, or ``module:callable`` that gives (or yields) dicts of input name → one sample
        or a batch. It is called: this runs the user's code.
      signature: whose inputs they are.

    Raises:
      ExportError: it cannot be read, or does not fit the signature.
    """
    arrays = _of_file(Path(source)) if source.endswith(".npz") else _of_callable(source, signature)
    missing = [name for name in signature.inputs if name not in arrays]
    if missing:
        have = ", ".join(sorted(arrays)) or "nothing"
        raise _error(f'{source} has no array "{missing[0]}"; it has {have}.', "Name the arrays as the signature does.")
    counts = {len(arrays[name]) for name in signature.inputs if arrays[name].ndim}
    if len(counts) > 1 or not all(counts):
        raise _error(
            f"The arrays of {source} have different numbers of samples: {sorted(counts)}.", "Give all the same."
        )
    for name, spec in signature.inputs.items():
        shape = arrays[name].shape
        if spec.shape and (len(shape) != len(spec.shape) or not _fits(shape[1:], spec.shape[1:])):
            raise _error(
                f'"{name}" of {source} has the shape {shape}; the input has {spec.shape}.',
                "Samples lie along the first axis; the rest has to be the shape of one input.",
            )
    return {name: _cast(arrays[name][:LARGEST], spec.dtype) for name, spec in signature.inputs.items()}


def sample(options: Mapping[str, Any], signature: Signature) -> dict[str, np.ndarray] | None:
    """Some of the samples, to compare on: what a file was calibrated for is what it is held to. None where there are none."""
    source = options.get("representative")
    if not source:
        return None
    given = read(source, signature)
    return {n: a[0] if signature.inputs[n].shape == () else a[:COMPARED] for n, a in given.items()}


def _fits(shape: tuple[int, ...], wanted: tuple[int | None, ...]) -> bool:
    return all(want is None or have == want for have, want in zip(shape, wanted, strict=True))


def _cast(array: np.ndarray, dtype: str) -> np.ndarray:
    return array.astype(object) if dtype == "string" else array.astype(dtype)


def _of_file(path: Path) -> dict[str, np.ndarray]:
    try:
        with np.load(path, allow_pickle=False) as content:
            return {name: content[name] for name in content.files}
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise _error(
            f"{path} cannot be read: {error}", "Write it with numpy.savez(path, input_name=array, …)."
        ) from None


def _of_callable(source: str, signature: Signature) -> dict[str, np.ndarray]:
    module, _, name = source.partition(":")
    try:
        sys.path.insert(0, "")
        made = getattr(importlib.import_module(module), name)()
    except Exception as error:
        raise _error(
            f"{source} cannot be called: {type(error).__name__}: {error}", "Give file.npz or module:callable."
        ) from error
    finally:
        sys.path.remove("")
    if isinstance(made, Mapping):
        return {key: np.asarray(value) for key, value in made.items()}
    return _stacked(itertools.islice(made, LARGEST), signature, source)


def _stacked(samples: Iterable[Any], signature: Signature, source: str) -> dict[str, np.ndarray]:
    rows: dict[str, list[np.ndarray]] = {}
    for sample in samples:
        if not isinstance(sample, Mapping):
            raise _error(f"{source} gives a {type(sample).__name__}.", "Let it yield dicts: input name → array.")
        for name, value in sample.items():
            spec = signature.inputs.get(name)
            array = np.asarray(value)
            alone = spec is not None and spec.shape is not None and array.ndim < len(spec.shape)
            rows.setdefault(name, []).append(array[np.newaxis] if alone else array)
    return {name: np.concatenate(parts) for name, parts in rows.items()}


def batches(samples: Mapping[str, np.ndarray], signature: Signature) -> Iterator[dict[str, np.ndarray]]:
    """The samples one by one, or as many at once as the signature fixes; a rest that fills no batch is left out."""
    size = next((spec.shape[0] for spec in signature.inputs.values() if spec.shape), None) or 1
    count = min((len(array) for array in samples.values() if array.ndim), default=size)
    for start in range(0, count - size + 1, size):
        yield {name: _part(array, signature.inputs[name], start, size) for name, array in samples.items()}


def _part(array: np.ndarray, spec: TensorSpec, start: int, size: int) -> np.ndarray:
    """Inputs without axes have one number for each sample, or one for all."""
    if spec.shape == ():
        return np.asarray(array[start]) if array.ndim else array
    return array[start : start + size]


def _error(message: str, todo: str) -> ExportError:
    return ExportError(message, todo=todo, usage=True)
