"""Input functions of generators.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/learn_io/generator_io.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from types import FunctionType, GeneratorType
from typing import Any

from ...._estimator import load


def generator_input_fn(
    x: Callable[[], Any],
    target_key: Any = None,
    batch_size: int = 128,
    num_epochs: int | None = 1,
    shuffle: bool = True,
    queue_capacity: int = 1000,
    num_threads: int = 1,
    pad_value: Any = None,
) -> Callable[[], Any]:
    """An ``input_fn`` of a generator function that yields a dictionary for each example.

    ``target_key`` is the key, or the keys, of labels; ``pad_value`` fills examples of different lengths.

    Raises:
      TypeError: ``x`` is not a generator function of dictionaries, or ``target_key`` is not a text or a container of texts.
      KeyError: ``target_key`` is not a key of them.
    """
    if not isinstance(x, FunctionType):
        raise TypeError(f"x must be generator function; got {type(x).__name__}")
    generator = x()
    if not isinstance(generator, GeneratorType):
        raise TypeError(f"x() must be generator; got {type(generator).__name__}")
    first = next(generator)
    if not isinstance(first, dict):
        raise TypeError(f"x() must yield dict; got {type(first).__name__}")
    keys = sorted(first)
    targets = None if target_key is None else _targets(target_key, keys)
    enqueue_data = load("python.estimator.inputs.queues.feeding_functions")._enqueue_data

    def input_fn() -> Any:
        queue = enqueue_data(
            x,
            queue_capacity,
            shuffle=shuffle,
            num_threads=num_threads,
            enqueue_size=batch_size,
            num_epochs=num_epochs,
            pad_value=pad_value,
        )
        batch = queue.dequeue_many(batch_size) if num_epochs is None else queue.dequeue_up_to(batch_size)
        features = dict(zip(keys, batch if isinstance(batch, list) else [batch], strict=True))
        if targets is None:
            return features
        if len(targets) == 1:
            return features, features.pop(targets[0])
        labels = {key: features.pop(key) for key in targets}
        return features, labels

    return input_fn


def _targets(target_key: Any, keys: list[str]) -> list[str]:
    if isinstance(target_key, str):
        return [target_key]
    if not isinstance(target_key, Container):
        raise TypeError(f"target_key must be str or Container of str; got {type(target_key).__name__}")
    for item in target_key:  # type: ignore[attr-defined]
        if not isinstance(item, str):
            raise TypeError(f"target_key must be str or Container of str; got {type(item).__name__}")
        if item not in keys:
            raise KeyError(f"target_key not in yielded dict. Expected {keys} keys; got {item}")
    return list(target_key)  # type: ignore[call-overload,no-any-return]
