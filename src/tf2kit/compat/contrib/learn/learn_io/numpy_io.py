"""Input functions of arrays."""

from __future__ import annotations

from typing import Any

from ...._estimator import load


def numpy_input_fn(
    x: Any,
    y: Any = None,
    batch_size: int = 128,
    num_epochs: int | None = 1,
    shuffle: bool = True,
    queue_capacity: int = 1000,
    num_threads: int = 1,
) -> Any:
    """An ``input_fn`` of dictionaries of arrays; that of tf.estimator, with a default for ``shuffle``."""
    return load("python.estimator.inputs.numpy_io").numpy_input_fn(
        x=x,
        y=y,
        batch_size=batch_size,
        shuffle=shuffle,
        num_epochs=num_epochs,
        queue_capacity=queue_capacity,
        num_threads=num_threads,
    )
