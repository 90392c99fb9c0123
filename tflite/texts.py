"""Texts as the bytes that an artefact takes; for callers, without TensorFlow."""

from __future__ import annotations

import numpy as np

from tf2kit.export import ExportError

SIZE = 256
NOTE = f"takes texts as UTF-8 bytes: uint8, one more axis of {SIZE}, filled up with zeros"


def encode(texts: np.ndarray) -> np.ndarray:
    """Strings of shape (…,) as uint8 of shape (…, SIZE).

    Raises:
      ExportError: a text is longer.
    """
    made = np.zeros((*texts.shape, SIZE), np.uint8)
    for place, text in np.ndenumerate(texts):
        content = text if isinstance(text, bytes) else str(text).encode()
        if len(content) > SIZE:
            raise ExportError(
                f"A text of {len(content)} bytes is longer than the {SIZE} that the model takes.",
                todo="Shorten the texts of --samples; in the application, cut them at the end of a word.",
                usage=True,
            )
        made[place] = np.frombuffer(content.ljust(SIZE, b"\0"), np.uint8)
    return made
