"""A summary writer that keeps what it is given.

Adapted from TensorFlow 1.15, contrib/testing/python/framework/fake_summary_writer.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.framework import test_util
from tensorflow.python.summary.writer import writer, writer_cache

__all__ = ["FakeSummaryWriter"]


class FakeSummaryWriter:
    """In place of ``tf.summary.FileWriter`` inside of TensorFlow, from ``install()`` to ``uninstall()``."""

    _replaced_summary_writer: Any = None

    @classmethod
    def install(cls) -> None:
        """Replace the writer; ValueError if it is replaced already."""
        if cls._replaced_summary_writer:
            raise ValueError("FakeSummaryWriter already installed.")
        cls._replaced_summary_writer = writer.FileWriter
        writer.FileWriter = writer_cache.FileWriter = FakeSummaryWriter

    @classmethod
    def uninstall(cls) -> None:
        """Put it back; ValueError if it is not replaced."""
        if not cls._replaced_summary_writer:
            raise ValueError("FakeSummaryWriter not installed.")
        writer.FileWriter = writer_cache.FileWriter = cls._replaced_summary_writer
        cls._replaced_summary_writer = None

    def __init__(self, logdir: str, graph: Any = None) -> None:
        self._logdir = logdir
        self._graph = graph
        self._summaries: dict[int, list[Any]] = {}
        self._added_graphs: list[Any] = []
        self._added_meta_graphs: list[Any] = []
        self._added_session_logs: list[Any] = []
        self._added_run_metadata: dict[str, Any] = {}

    @property
    def summaries(self) -> dict[int, list[Any]]:
        """Summaries by step."""
        return self._summaries

    def assert_summaries(
        self,
        test_case: Any,
        expected_logdir: str | None = None,
        expected_graph: Any = None,
        expected_summaries: dict[int, dict[str, float]] | None = None,
        expected_added_graphs: list[Any] | None = None,
        expected_added_meta_graphs: list[Any] | None = None,
        expected_session_logs: list[Any] | None = None,
    ) -> None:
        """Check what was written, with the assertions of a ``unittest.TestCase``; None is not checked."""
        check, check_true = test_case.assertEqual, test_case.assertTrue
        if expected_logdir is not None:
            check(expected_logdir, self._logdir)
        if expected_graph is not None:
            check_true(expected_graph is self._graph)
        for step, expected in (expected_summaries or {}).items():
            check_true(step in self._summaries, msg=f"Missing step {step} from {self._summaries.keys()}.")
            values = (v for summary in self._summaries[step] for v in summary.value if v.tag != "global_step/sec")
            check(expected, {v.tag: v.simple_value for v in values})
        if expected_added_graphs is not None:
            check(expected_added_graphs, self._added_graphs)
        if expected_added_meta_graphs is not None:
            check(len(expected_added_meta_graphs), len(self._added_meta_graphs))
            for pair in zip(expected_added_meta_graphs, self._added_meta_graphs, strict=True):
                test_util.assert_meta_graph_protos_equal(test_case, *pair)
        if expected_session_logs is not None:
            check(expected_session_logs, self._added_session_logs)

    def add_summary(self, summ: Any, current_global_step: int) -> None:
        """Keep a summary, serialized or not."""
        summary = tf.Summary.FromString(summ) if isinstance(summ, bytes) else summ
        self._summaries.setdefault(current_global_step, []).append(summary)

    def add_graph(self, graph: Any, global_step: int | None = None, graph_def: Any = None) -> None:
        """Keep a graph; ValueError for a GraphDef or a negative step."""
        _check(global_step)
        if graph_def is not None:
            raise ValueError(f"Unexpected graph_def {graph_def}.")
        self._added_graphs.append(graph)

    def add_meta_graph(self, meta_graph_def: Any, global_step: int | None = None) -> None:
        """Keep a MetaGraphDef; ValueError for a negative step."""
        _check(global_step)
        self._added_meta_graphs.append(meta_graph_def)

    def add_session_log(self, session_log: Any, global_step: int | None = None) -> None:  # noqa: ARG002
        """Keep a log of the session."""
        self._added_session_logs.append(session_log)

    def add_run_metadata(self, run_metadata: Any, tag: str, global_step: int | None = None) -> None:
        """Keep metadata under a tag; ValueError for a negative step."""
        _check(global_step)
        self._added_run_metadata[tag] = run_metadata

    def flush(self) -> None:
        """Nothing to do."""

    def reopen(self) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""


def _check(global_step: int | None) -> None:
    if global_step is not None and global_step < 0:
        raise ValueError(f"Invalid global_step {global_step}.")
