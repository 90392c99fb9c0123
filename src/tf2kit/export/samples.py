"""Inputs to compare on: read from a file, or drawn from what a signature says about its inputs."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np

from .errors import ExportError
from .signatures import Signature, TensorSpec

COUNT = 4
# an open size that is not the first: long enough for windows and pools, short enough for plain JavaScript
OPEN = 16
# integers of unknown meaning: small enough for most vocabularies
HIGH = 8
_WORDS = ("a", "the", "red", "dog", "cat", "sat", "on", "mat")
_UNKNOWN = ("Unheard-of!", "")


def draw(signature: Signature, count: int = COUNT, seed: int = 0) -> dict[str, np.ndarray]:
    """An array for each input; the same seed gives the same arrays.

    Floats are standard normal, integers lie in the range that the signature knows, strings are texts of known and unknown words.
    Where the first size is open, `count` samples are drawn; other open sizes are `OPEN`.
    """
    return {
        name: _array(spec, count, np.random.default_rng([seed, zlib.crc32(name.encode())]))
        for name, spec in signature.inputs.items()
    }


def _array(spec: TensorSpec, count: int, generator: np.random.Generator) -> np.ndarray:
    dims = (None,) if spec.shape is None else spec.shape
    shape = tuple((count if axis == 0 else OPEN) if size is None else size for axis, size in enumerate(dims))
    kind = spec.dtype
    if kind == "string":
        return _texts(spec, shape, generator)
    if kind == "bool":
        return generator.random(shape) < 0.5
    if kind.startswith(("int", "uint")):
        return generator.integers(spec.low, HIGH if spec.high is None else spec.high, shape).astype(kind)
    if kind.startswith("complex"):
        return (generator.normal(size=shape) + 1j * generator.normal(size=shape)).astype(kind)
    if kind not in ("float16", "float32", "float64"):
        raise ExportError(
            f'No samples can be drawn for the input "{spec.name}" of type {kind}.',
            todo="Give --samples FILE.npz.",
            usage=True,
        )
    return generator.normal(size=shape).astype(kind)


def _texts(spec: TensorSpec, shape: tuple[int, ...], generator: np.random.Generator) -> np.ndarray:
    """Single words where the model looks them up as they are; texts of known and unknown words elsewhere."""
    known = [*(spec.words or _WORDS), *_UNKNOWN]
    texts = np.empty(shape, object)
    for index in np.ndindex(shape):
        count = 1 if spec.words and not spec.text else int(generator.integers(1, 6))
        texts[index] = " ".join(generator.choice(known, count)).encode()
    return texts


def read(path: Path, signature: Signature) -> dict[str, np.ndarray]:
    """The arrays of an .npz file, one for each input of the signature, as the types that it wants.

    Raises:
      ExportError: no such file, an array is missing, or does not fit its input.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
    except (OSError, ValueError) as error:
        raise ExportError(
            f"The samples in {path} cannot be read: {error}", todo="Write them with numpy.savez.", usage=True
        ) from error
    return {name: _fitting(path, spec, arrays) for name, spec in signature.inputs.items()}


def _fitting(path: Path, spec: TensorSpec, arrays: dict[str, np.ndarray]) -> np.ndarray:
    if spec.name not in arrays:
        known = ", ".join(arrays) or "nothing"
        raise ExportError(
            f'{path} has no array "{spec.name}"; it has {known}.',
            todo="Give one array for each input of the signature.",
            usage=True,
        )
    array = arrays[spec.name]
    if spec.dtype == "string":
        array = np.array([x if isinstance(x, bytes) else str(x).encode() for x in array.reshape(-1)], object).reshape(
            array.shape
        )
    else:
        array = array.astype(spec.dtype)
    shape = spec.shape
    if shape is not None and (
        len(shape) != array.ndim or any(n not in (None, m) for n, m in zip(shape, array.shape, strict=True))
    ):
        wanted = "×".join("any" if n is None else str(n) for n in shape)
        has = "×".join(map(str, array.shape))
        raise ExportError(f'"{spec.name}" in {path} is {has}; the model takes {wanted}.', usage=True)
    return array
