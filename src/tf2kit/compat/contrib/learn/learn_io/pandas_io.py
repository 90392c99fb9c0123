"""Input functions of pandas frames, and frames as arrays.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/learn_io/pandas_io.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import importlib.util
import sys
from typing import Any

from ...._estimator import load

HAS_PANDAS = importlib.util.find_spec("pandas") is not None
_NUMBERS = {f"{kind}{bits}" for kind in ("int", "uint") for bits in (8, 16, 32, 64)} | {
    "float16",
    "float32",
    "float64",
    "bool",
}


def pandas_input_fn(
    x: Any,
    y: Any = None,
    batch_size: int = 128,
    num_epochs: int | None = 1,
    shuffle: bool = True,
    queue_capacity: int = 1000,
    num_threads: int = 1,
    target_column: str = "target",
) -> Any:
    """An ``input_fn`` of a frame; that of tf.estimator, with a default for ``shuffle``."""
    return load("python.estimator.inputs.pandas_io").pandas_input_fn(
        x=x,
        y=y,
        batch_size=batch_size,
        shuffle=shuffle,
        num_epochs=num_epochs,
        queue_capacity=queue_capacity,
        num_threads=num_threads,
        target_column=target_column,
    )


def extract_pandas_data(data: Any) -> Any:
    """A frame as an array of float64; anything else as it is. ValueError for columns that are not numbers."""
    if not _is_frame(data):
        return data
    _check_numbers(data, "pandas data")
    return data.to_numpy().astype("float")


def extract_pandas_matrix(data: Any) -> Any:
    """A frame as an array; anything else as it is."""
    return data.to_numpy() if _is_frame(data) else data


def extract_pandas_labels(labels: Any) -> Any:
    """A frame of one column as an array; anything else as it is. ValueError for more columns, or no numbers."""
    if not _is_frame(labels):
        return labels
    if len(labels.columns) > 1:
        raise ValueError("Only one column for labels is allowed.")
    _check_numbers(labels, "labels")
    return labels.to_numpy()


def _is_frame(data: Any) -> bool:
    """Whether it is a DataFrame; pandas is not imported for that."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(data, pandas.DataFrame)


def _check_numbers(data: Any, what: str) -> None:
    bad = [f"'{c}' type='{data[c].dtype.name}'" for c in data if data[c].dtype.name not in _NUMBERS]
    if bad:
        raise ValueError(f"Data types for extracting {what} must be int, float, or bool. Found: " + ", ".join(bad))
