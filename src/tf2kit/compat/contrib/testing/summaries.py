"""What is in summaries and in files of events.

Adapted from TensorFlow 1.15, contrib/testing/python/framework/util_test.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf

__all__ = [
    "assert_summary",
    "latest_event_file",
    "latest_events",
    "latest_summaries",
    "simple_values_from_events",
    "to_summary_proto",
]


def assert_summary(expected_tags: Iterable[str], expected_simple_values: dict[str, float], summary_proto: Any) -> None:
    """Check tags and, to two decimals, values.

    Raises:
      AssertionError: another value.
      ValueError: other tags.
    """
    tags = set()
    for value in summary_proto.value:
        tags.add(value.tag)
        if value.tag in expected_simple_values:
            expected = expected_simple_values[value.tag]
            np.testing.assert_almost_equal(value.simple_value, expected, decimal=2, err_msg=value.tag)
    if set(expected_tags) != tags:
        raise ValueError(f"Expected tags {set(expected_tags)}, got {tags}.")


def to_summary_proto(summary_str: bytes) -> Any:
    """The message that is serialized in a string."""
    return tf.Summary.FromString(summary_str)


def latest_event_file(base_dir: str) -> str | None:
    """The last file of events in a folder, or None."""
    return max(glob.glob(os.path.join(base_dir, "events.*")), default=None)


def latest_events(base_dir: str) -> Any:
    """The events of that file."""
    path = latest_event_file(base_dir)
    return tf.train.summary_iterator(path) if path else []


def latest_summaries(base_dir: str) -> list[Any]:
    """Those of them that have summaries."""
    return [event for event in latest_events(base_dir) if event.HasField("summary")]


def simple_values_from_events(events: Iterable[Any], tags: Iterable[str]) -> dict[str, float]:
    """The value of each tag at its last step; ValueError for a tag that is no simple value."""
    wanted = set(tags)
    found: dict[str, tuple[int, float]] = {}
    for event in events:
        for value in event.summary.value if event.HasField("summary") else ():
            if value.tag not in wanted:
                continue
            if not value.HasField("simple_value"):
                raise ValueError(f"Summary for {value.tag} is not a simple_value.")
            if value.tag not in found or event.step > found[value.tag][0]:
                found[value.tag] = (event.step, value.simple_value)
    return {tag: value for tag, (_, value) in found.items()}
