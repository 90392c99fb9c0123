"""The log of operations for the profiler, under its first name."""

from __future__ import annotations

from typing import Any

from tensorflow.python.profiler.tfprof_logger import write_op_log as _write_op_log
from tensorflow.python.util.deprecation import deprecated

__all__ = ["deprecated", "write_op_log"]


def write_op_log(graph: Any, log_dir: str, op_log: Any = None, run_meta: Any = None, add_trace: bool = True) -> None:
    """``tf.profiler.write_op_log``: writes the file ``tfprof_log`` into a folder."""
    _write_op_log(graph, log_dir, op_log, run_meta, add_trace)
