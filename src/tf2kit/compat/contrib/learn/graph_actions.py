"""tf.contrib.learn.graph_actions: run outputs of a graph, from a checkpoint or from initial values.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/graph_actions.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.ops import resources

from .._paths import attributes
from ..framework.graph import get_graph_from_inputs

Outputs = dict[str, Any]


def run_feeds_iter(
    output_dict: Outputs, feed_dicts: Iterable[Any], restore_checkpoint_path: str | None = None
) -> Iterator[dict[str, Any]]:
    """Values of the outputs for each feed, in one session; ValueError if there are no outputs or feeds."""
    if not output_dict:
        raise ValueError(f"output_dict is invalid: {output_dict}.")
    if not feed_dicts:
        raise ValueError(f"feed_dicts is invalid: {feed_dicts}.")
    graph = get_graph_from_inputs(list(output_dict.values()))
    with graph.as_default(), tf.Session("") as session:
        session.run(resources.initialize_resources(resources.shared_resources() + resources.local_resources()))
        if restore_checkpoint_path:
            _restore(session, restore_checkpoint_path)
        else:
            session.run(tf.global_variables_initializer())
        session.run(tf.local_variables_initializer())
        session.run(tf.tables_initializer())
        coordinator = tf.train.Coordinator()
        threads = None
        try:
            threads = tf.train.start_queue_runners(session, coord=coordinator)
            for feed in feed_dicts:
                yield session.run(output_dict, feed)
        finally:
            coordinator.request_stop()
            if threads:
                coordinator.join(threads, stop_grace_period_secs=120)


def run_feeds(
    output_dict: Outputs, feed_dicts: Iterable[Any], restore_checkpoint_path: str | None = None
) -> list[dict[str, Any]]:
    """`run_feeds_iter` as a list."""
    return list(run_feeds_iter(output_dict, feed_dicts, restore_checkpoint_path))


def run_n(
    output_dict: Outputs, feed_dict: Any = None, restore_checkpoint_path: str | None = None, n: int = 1
) -> list[dict[str, Any]]:
    """Values of the outputs, ``n`` times."""
    return run_feeds(output_dict, itertools.repeat(feed_dict, n), restore_checkpoint_path)


def infer(restore_checkpoint_path: str | None, output_dict: Outputs, feed_dict: Any = None) -> dict[str, Any]:
    """Values of the outputs of a checkpoint, once."""
    return run_feeds(output_dict, [feed_dict], restore_checkpoint_path)[0]


def get_summary_writer(logdir: str) -> Any:
    """The one writer of a folder."""
    return tf.summary.FileWriterCache.get(logdir)


def clear_summary_writers() -> None:
    """Close the writers of all folders."""
    tf.summary.FileWriterCache.clear()


def _restore(session: Any, path: str) -> None:
    variables = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES) + tf.get_collection(tf.GraphKeys.SAVEABLE_OBJECTS)
    if variables:
        tf.train.Saver(variables, sharded=True, max_to_keep=5).restore(session, path)


__getattr__ = attributes(__name__)
