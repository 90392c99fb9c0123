"""The objects of a checkpoint as a graph for Graphviz.

Adapted from TensorFlow 1.15, contrib/checkpoint/python/visualize.py, Copyright 2018 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.checkpoint.checkpoint import object_metadata
from tensorflow.python.trackable.base import VARIABLE_VALUE_KEY

__all__ = ["dot_graph_from_checkpoint"]


def dot_graph_from_checkpoint(save_path: str) -> str:
    """Text in the DOT language: variables are blue, slots orange, optimizers red."""
    reader = tf.train.load_checkpoint(save_path)
    nodes = object_metadata(save_path).nodes
    slots = {slot.slot_variable_node_id for node in nodes for slot in node.slot_variables}
    lines = ["digraph {"]
    for i, node in enumerate(nodes):
        lines.append(f'N_{i} [shape=point label="" {_look(node, i in slots, reader)}]')
        lines += [f'N_{i} -> N_{child.node_id} [label="{_escape(child.local_name)}"]' for child in node.children]
        for slot in node.slot_variables:
            target = f"N_{slot.slot_variable_node_id}"
            lines.append(f'N_{i} -> {target} [label="{_escape(slot.slot_name)}" style=dotted]')
            lines.append(f"N_{slot.original_variable_node_id} -> {target} [style=dotted]")
    return "\n".join([*lines, "}", ""])


def _look(node: Any, is_slot: bool, reader: Any) -> str:
    if len(node.attributes) == 1 and node.attributes[0].name == VARIABLE_VALUE_KEY:
        key = node.attributes[0].checkpoint_key
        shape, dtype = reader.get_variable_to_shape_map()[key], reader.get_variable_to_dtype_map()[key].name
        kind = "Slot variable" if is_slot else "Variable"
        name = _escape(node.attributes[0].full_name)
        color = "orange" if is_slot else "blue"
        return f'color={color} width=.25 tooltip="{kind} {name} shape={shape} {dtype}"'
    return 'width=.25 color=red,tooltip="Optimizer"' if node.slot_variables else "width=.25"


def _escape(name: str) -> str:
    return name.replace('"', '\\"')
