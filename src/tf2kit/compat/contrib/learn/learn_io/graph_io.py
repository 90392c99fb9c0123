"""Batches of examples and features, read from files through queues.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/learn_io/graph_io.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

from .feature_queue import queue_parsed_features

__all__ = [
    "KEY_FEATURE_NAME",
    "queue_parsed_features",
    "read_batch_examples",
    "read_batch_features",
    "read_batch_record_features",
    "read_keyed_batch_examples",
    "read_keyed_batch_features",
]

KEY_FEATURE_NAME = "__key__"
Reader = Callable[[], Any]
Parse = Callable[[Any], Any]


def read_batch_examples(
    file_pattern: Any,
    batch_size: Any,
    reader: Reader,
    randomize_input: bool = True,
    num_epochs: int | None = None,
    queue_capacity: int = 10000,
    num_threads: int = 1,
    read_batch_size: Any = 1,
    parse_fn: Parse | None = None,
    name: str | None = None,
    seed: int | None = None,
) -> Any:
    """The examples of `read_keyed_batch_examples` without their keys."""
    return read_keyed_batch_examples(
        file_pattern,
        batch_size,
        reader,
        randomize_input,
        num_epochs,
        queue_capacity,
        num_threads,
        read_batch_size,
        parse_fn,
        name,
        seed,
    )[1]


def read_keyed_batch_examples(
    file_pattern: Any,
    batch_size: Any,
    reader: Reader,
    randomize_input: bool = True,
    num_epochs: int | None = None,
    queue_capacity: int = 10000,
    num_threads: int = 1,
    read_batch_size: Any = 1,
    parse_fn: Parse | None = None,
    name: str | None = None,
    seed: int | None = None,
) -> tuple[Any, Any]:
    """Keys and serialized examples ``[batch_size]`` of files; with ``parse_fn`` what that makes of each.

    Args:
      file_pattern: a pattern or a list of them.
      batch_size: examples in a batch, an int or a scalar; the last batch may have less if there are epochs.
      reader: a class such as tf.TFRecordReader.
      randomize_input: whether files and examples are shuffled.
      num_epochs: how often each file is read; None for without end. The count is a local variable.
      queue_capacity: of the queue of examples.
      num_threads: readers.
      read_batch_size: examples that are read at once.
      parse_fn: makes a tensor or a dictionary of tensors of an example.
      name: of the operations.
      seed: of the shuffles.

    Raises:
      ValueError: there are no such files, or a number is out of range.
    """
    file_names = _file_names(file_pattern, randomize_input)
    _check_numbers(batch_size, queue_capacity, num_threads, read_batch_size, num_epochs)
    with tf.name_scope(name, "read_batch_examples", [file_pattern]) as scope:
        with tf.name_scope("file_name_queue") as queue_scope:
            files = tf.train.string_input_producer(
                tf.constant(file_names, name="input"),
                shuffle=randomize_input,
                num_epochs=num_epochs,
                name=queue_scope,
                seed=seed,
            )
        examples = _examples(files, reader, num_threads, read_batch_size, parse_fn)
        settings = {
            "capacity": queue_capacity,
            "enqueue_many": read_batch_size > 1,
            "name": scope,
            "allow_smaller_final_batch": num_epochs is not None,
        }
        if randomize_input:
            fixed = not isinstance(batch_size, tf.Tensor)
            least = max(queue_capacity - 3 * batch_size, batch_size) if fixed else int(queue_capacity * 0.4)
            batch = tf.train.shuffle_batch_join(examples, batch_size, min_after_dequeue=least, seed=seed, **settings)
        else:
            batch = tf.train.batch_join(examples, batch_size, **settings)
        if isinstance(batch, dict):
            return batch.pop(KEY_FEATURE_NAME), batch
        keys, values = batch
        return keys, values


def _file_names(file_pattern: Any, randomize_input: bool) -> list[str]:
    if isinstance(file_pattern, list) and not file_pattern:
        raise ValueError("No files given to dequeue_examples.")
    patterns = file_pattern if isinstance(file_pattern, list) else [file_pattern]
    names = [name for pattern in patterns for name in tf.gfile.Glob(pattern)]
    if not names:
        raise ValueError(f"No files match {file_pattern}.")
    return names if randomize_input else sorted(names)


def _check_numbers(
    batch_size: Any, queue_capacity: int, num_threads: int, read_batch_size: Any, num_epochs: int | None
) -> None:
    if not queue_capacity or queue_capacity <= 0:
        raise ValueError(f"Invalid queue_capacity {queue_capacity}.")
    if batch_size is None or (not isinstance(batch_size, tf.Tensor) and not 0 < batch_size < queue_capacity):
        raise ValueError(f"Invalid batch_size {batch_size}, with queue_capacity {queue_capacity}.")
    if read_batch_size is None or (not isinstance(read_batch_size, tf.Tensor) and read_batch_size <= 0):
        raise ValueError(f"Invalid read_batch_size {read_batch_size}.")
    if not num_threads or num_threads <= 0:
        raise ValueError(f"Invalid num_threads {num_threads}.")
    if num_epochs is not None and num_epochs <= 0:
        raise ValueError(f"Invalid num_epochs {num_epochs}.")


def _examples(files: Any, reader: Reader, num_threads: int, read_batch_size: Any, parse_fn: Parse | None) -> list[Any]:
    found: list[Any] = []
    with tf.name_scope("read"):
        for _ in range(num_threads):
            source = reader()
            many = read_batch_size > 1
            keys, examples = source.read_up_to(files, read_batch_size) if many else source.read(files)
            parsed = parse_fn(examples) if parse_fn else examples
            if isinstance(parsed, dict):
                found.append({**parsed, KEY_FEATURE_NAME: keys})
            else:
                found.append((keys, parsed))
    return found


def read_keyed_batch_features(
    file_pattern: Any,
    batch_size: Any,
    features: dict[str, Any],
    reader: Reader,
    randomize_input: bool = True,
    num_epochs: int | None = None,
    queue_capacity: int = 10000,
    reader_num_threads: int = 1,
    feature_queue_capacity: int = 100,
    num_enqueue_threads: int = 2,
    parse_fn: Parse | None = None,
    name: str | None = None,
    read_batch_size: Any = None,
) -> tuple[Any, dict[str, Any]]:
    """Keys and features of Examples in files, parsed as ``features`` says and kept ready in a queue of batches."""
    with tf.name_scope(name, "read_batch_features", [file_pattern]) as scope:
        keys, examples = read_keyed_batch_examples(
            file_pattern,
            batch_size,
            reader,
            randomize_input=randomize_input,
            num_epochs=num_epochs,
            queue_capacity=queue_capacity,
            num_threads=reader_num_threads,
            read_batch_size=batch_size if read_batch_size is None else read_batch_size,
            parse_fn=parse_fn,
            name=scope,
        )
        return queue_parsed_features(
            tf.parse_example(examples, features),
            keys=keys,
            feature_queue_capacity=feature_queue_capacity,
            num_enqueue_threads=num_enqueue_threads,
            name=scope,
        )


def read_batch_features(
    file_pattern: Any,
    batch_size: Any,
    features: dict[str, Any],
    reader: Reader,
    randomize_input: bool = True,
    num_epochs: int | None = None,
    queue_capacity: int = 10000,
    feature_queue_capacity: int = 100,
    reader_num_threads: int = 1,
    num_enqueue_threads: int = 2,
    parse_fn: Parse | None = None,
    name: str | None = None,
    read_batch_size: Any = None,
) -> dict[str, Any]:
    """The features of `read_keyed_batch_features` without keys."""
    return read_keyed_batch_features(
        file_pattern,
        batch_size,
        features,
        reader,
        randomize_input=randomize_input,
        num_epochs=num_epochs,
        queue_capacity=queue_capacity,
        reader_num_threads=reader_num_threads,
        feature_queue_capacity=feature_queue_capacity,
        num_enqueue_threads=num_enqueue_threads,
        parse_fn=parse_fn,
        name=name,
        read_batch_size=read_batch_size,
    )[1]


def read_batch_record_features(
    file_pattern: Any,
    batch_size: Any,
    features: dict[str, Any],
    randomize_input: bool = True,
    num_epochs: int | None = None,
    queue_capacity: int = 10000,
    reader_num_threads: int = 1,
    name: str = "dequeue_record_examples",
) -> dict[str, Any]:
    """`read_batch_features` of TFRecord files."""
    return read_batch_features(
        file_pattern,
        batch_size,
        features,
        tf.TFRecordReader,
        randomize_input=randomize_input,
        num_epochs=num_epochs,
        queue_capacity=queue_capacity,
        reader_num_threads=reader_num_threads,
        name=name,
    )
