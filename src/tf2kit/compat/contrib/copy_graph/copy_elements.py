"""Copies of single operations, with all that they need.

Adapted from TensorFlow 1.15, contrib/copy_graph/python/util/copy_elements.py, Copyright 2015 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.ops.variables import Variable

__all__ = ["copy_op_to_graph", "copy_variable_to_graph", "get_copied_op"]


def _prefixed(scope: str, name: str) -> str:
    return f"{scope}/{name}" if scope else name


def _collections(element: Any, scope: str, keep: tuple[str, ...] = ()) -> list[str]:
    """Collections that the element is in, with the scope before their names."""
    graph = element.graph
    found = []
    for key in graph.get_all_collection_keys():
        if any(member is element for member in graph.get_collection_ref(key)):
            found.append(key if key in keep or not scope else f"{scope}/{key}")
    return found


def copy_variable_to_graph(org_instance: Any, to_graph: Any, scope: str = "") -> Any:
    """A variable of another graph that starts with the initial value of this one; TypeError for what is no variable."""
    if not isinstance(org_instance, Variable):
        raise TypeError(f"{org_instance} is not a Variable")
    keys = tf.GraphKeys
    collections = _collections(org_instance, scope, (keys.GLOBAL_VARIABLES, keys.TRAINABLE_VARIABLES))
    with org_instance.graph.as_default(), tf.Session() as session:
        value = session.run(org_instance.initialized_value())
    with to_graph.as_default():
        return tf.Variable(
            value,
            keys.TRAINABLE_VARIABLES in collections,
            name=_prefixed(scope, org_instance.op.name),
            collections=collections,
            validate_shape=False,
        )


def copy_op_to_graph(org_instance: Any, to_graph: Any, variables: Sequence[Any], scope: str = "") -> Any:
    """Copy a tensor or an operation, and all that it needs, to another graph.

    Args:
      org_instance: the tensor or operation.
      to_graph: the other graph.
      variables: of the other graph, made by `copy_variable_to_graph`.
      scope: prefix of the new names.

    Returns:
      The copy, or what the other graph has under its name.

    Raises:
      TypeError: neither a tensor nor an operation.
    """
    if not isinstance(org_instance, tf.Tensor | tf.Operation):
        raise TypeError(f"Could not copy instance: {org_instance}")
    name = _prefixed(scope, org_instance.name)
    if name in {v.name for v in variables}:
        return to_graph.get_tensor_by_name(name)
    try:
        return to_graph.as_graph_element(name, allow_tensor=True, allow_operation=True)
    except (KeyError, ValueError):
        pass
    if isinstance(org_instance, tf.Operation):
        return _copy_operation(org_instance, to_graph, variables, scope)
    operation = copy_op_to_graph(org_instance.op, to_graph, variables, scope)
    tensor = operation.outputs[org_instance.value_index]
    for key in _collections(org_instance, scope):
        to_graph.add_to_collection(key, tensor)
    return tensor


def _copy_operation(operation: Any, to_graph: Any, variables: Sequence[Any], scope: str) -> Any:
    controls = [copy_op_to_graph(op, to_graph, variables, scope) for op in operation.control_inputs]
    inputs = [copy_op_to_graph(tensor, to_graph, variables, scope) for tensor in operation.inputs]
    with to_graph.as_default(), tf.control_dependencies(None), tf.control_dependencies(controls):
        return to_graph.create_op(
            operation.type,
            inputs,
            [output.dtype for output in operation.outputs],
            # references stay references
            input_types=operation._input_types,
            # a slash at the end: exactly this name, whatever the current scope is
            name=_prefixed(scope, operation.name) + "/",
            attrs=dict(operation.node_def.attr),
            op_def=operation.op_def,
        )


def get_copied_op(org_instance: Any, graph: Any, scope: str = "") -> Any:
    """What a graph has under the name of a tensor or operation of another one; KeyError for nothing."""
    return graph.as_graph_element(_prefixed(scope, org_instance.name), allow_tensor=True, allow_operation=True)
