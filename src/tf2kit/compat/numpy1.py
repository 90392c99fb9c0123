"""What NumPy 1 did and NumPy 2 refuses, for programs that lived on it."""

from __future__ import annotations

from typing import Any


def ragged_array(rows: Any) -> Any:
    """``numpy.array(rows)`` as NumPy 1 made it: of dtype object where the rows have different lengths.

    Args:
      rows: a sequence of any shape, regular or not.

    Returns:
      What ``numpy.array(rows)`` gives; where NumPy 1.24 and later raise because the shape is inhomogeneous, an array of objects.
    """
    import numpy as np

    try:
        return np.array(rows)
    except ValueError as error:
        if "inhomogeneous" not in str(error):
            raise
        return np.array(rows, dtype=object)
