"""ExampleGen: batches of examples come as CSV files, a column per pixel and one for the label.

They are made of scikit-learn's digits, cut into spans as if they had arrived one after the other; `sample` writes one, spoilt on demand in
a way that such files have in real life.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.datasets import load_digits

PIXELS = [f"pixel_{i}" for i in range(64)]  # row by row, ink from 0 to 16
LABEL = "label"

# rows of the data set: the second span holds the first one and what came since; the last rows are for evaluation only
SPANS = {1: slice(0, 700), 2: slice(0, 1400)}
EVALUATION = slice(1400, None)


def span(rows: slice) -> pd.DataFrame:
    """Rows of the data set as a table: 64 columns of pixels and the label."""
    digits = load_digits()
    table = pd.DataFrame(digits.data[rows], columns=PIXELS)
    table[LABEL] = digits.target[rows].astype("int64")
    return table


def _scaled(table: pd.DataFrame) -> pd.DataFrame:
    table[PIXELS] *= 255 / 16
    return table


def _unlabelled(table: pd.DataFrame) -> pd.DataFrame:
    table.loc[table.index[::10], LABEL] = -1
    return table


def _without_column(table: pd.DataFrame) -> pd.DataFrame:
    return table.drop(columns="pixel_20")


def _skewed(table: pd.DataFrame) -> pd.DataFrame:
    return table[table[LABEL] < 7]


FAULTS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "scale": _scaled,  # another camera: 0 to 255
    "unlabelled": _unlabelled,
    "column": _without_column,
    "skew": _skewed,  # no 7, 8 and 9
}


def write(path: Path, number: int, fault: str | None = None) -> int:
    """Write a span as CSV, with a fault on demand; the number of rows."""
    table = span(SPANS[number])
    if fault:
        table = FAULTS[fault](table)
    path.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(path, index=False)
    return len(table)


def read(path: Path) -> pd.DataFrame:
    """A batch of examples; what its columns are is for the validator to say.

    Raises:
      ValueError: the file is no table.
    """
    try:
        return pd.read_csv(path)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise ValueError(
            f"{path} is no CSV table: {error}. Write one with `python -m examples.pipeline sample`."
        ) from error


def arrays(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Images, float32 [N, 64] from 0 to 16, and labels, int64 [N]."""
    return table[PIXELS].to_numpy("float32"), table[LABEL].to_numpy("int64")
