"""Questions about the graph of tf.contrib.framework."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.framework import ops

__all__ = ["get_graph_from_inputs", "get_name_scope", "get_placeholders"]


def get_graph_from_inputs(op_input_list: Sequence[Any], graph: Any = None) -> Any:
    """The graph that all inputs belong to, or the default graph; ValueError when they disagree."""
    return ops._get_graph_from_inputs(op_input_list, graph)


def get_name_scope() -> str:
    """The current name scope, without the slash at the end."""
    return str(tf.get_default_graph().get_name_scope())


def get_placeholders(graph: Any) -> list[Any]:
    """All placeholders of a graph, in the order in which they were made."""
    if not isinstance(graph, tf.Graph):
        raise TypeError(f"Input graph needs to be a Graph: {graph}")
    return [op.outputs[0] for op in graph.get_operations() if op.type == "Placeholder"]
