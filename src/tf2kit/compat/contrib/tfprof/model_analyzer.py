"""Profiles of a graph under their first names.

Adapted from TensorFlow 1.15, contrib/tfprof/model_analyzer.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

from tensorflow.python.profiler.model_analyzer import ALL_ADVICE, Profiler
from tensorflow.python.profiler.model_analyzer import advise as _advise
from tensorflow.python.profiler.model_analyzer import profile as _profile
from tensorflow.python.profiler.tfprof_logger import TRAINABLE_VARIABLES
from tensorflow.python.util.deprecation import deprecated

__all__ = [
    "ALL_ADVICE",
    "FLOAT_OPS_OPTIONS",
    "PRINT_ALL_TIMING_MEMORY",
    "TRAINABLE_VARS_PARAMS_STAT_OPTIONS",
    "Profiler",
    "advise",
    "deprecated",
    "print_model_analysis",
]
_ALL: dict[str, Any] = {
    "max_depth": 10000,
    "min_bytes": 0,
    "min_micros": 0,
    "min_params": 0,
    "min_float_ops": 0,
    "order_by": "name",
    "account_type_regexes": [".*"],
    "start_name_regexes": [".*"],
    "trim_name_regexes": [],
    "show_name_regexes": [".*"],
    "hide_name_regexes": [],
    "account_displayed_op_only": True,
    "output": "stdout",
    "dump_to_file": "",
}
# number of trainable parameters, for `print_model_analysis`
TRAINABLE_VARS_PARAMS_STAT_OPTIONS = {**_ALL, "account_type_regexes": [TRAINABLE_VARIABLES], "select": ["params"]}
# number of float operations
FLOAT_OPS_OPTIONS = {**_ALL, "min_float_ops": 1, "order_by": "float_ops", "select": ["float_ops"]}
# time and memory of all operations; needs run metadata
PRINT_ALL_TIMING_MEMORY = {**_ALL, "min_bytes": 1, "min_micros": 1, "select": ["micros", "bytes"]}


def advise(graph: Any, run_meta: Any = None, tfprof_options: Any = 0) -> Any:
    """``tf.profiler.advise``."""
    return _advise(graph, run_meta, tfprof_options)


def print_model_analysis(
    graph: Any, run_meta: Any = None, op_log: Any = None, tfprof_cmd: str = "scope", tfprof_options: Any = 0
) -> Any:
    """``tf.profiler.profile``: prints a tree of the operations and returns it, with totals."""
    return _profile(graph, run_meta, op_log, tfprof_cmd, tfprof_options)
