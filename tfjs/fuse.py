"""Convolutions and products of matrices take in what follows them: a scale, an offset, an activation.

A batch normalization arrives here as a multiplication and an addition. The scale goes into the weights, the offset becomes the bias,
and what is left is one of the fused ops of TF.js. The bias is made a vector: with any other, the wasm backend computes something else.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from .graph import Graph, Node

FUSED = {
    "Conv2D": "_FusedConv2D",
    "DepthwiseConv2dNative": "FusedDepthwiseConv2dNative",
    "MatMul": "_FusedMatMul",
}
ACTIVATIONS = {"Relu", "Relu6", "Elu", "Sigmoid", "LeakyRelu"}
_KEPT = ("T", "strides", "padding", "data_format", "dilations", "explicit_paddings", "transpose_a", "transpose_b")


def fuse(graph: Graph) -> None:
    """Fuse all that can be fused, in place."""
    for node in list(graph.nodes.values()):
        if node.name in graph.nodes and node.op == "AddV2":
            _prelu(graph, node)
    for node in list(graph.nodes.values()):
        if node.op in FUSED and node.attr["data_format"].s in (b"", b"NHWC"):
            _absorb(graph, node)


def _absorb(graph: Graph, node: Node) -> None:
    weights = graph.constant(graph.of(node, 1))
    if weights is None or weights.dtype != np.float32:
        return
    channels = _channels(node, weights)
    scale = np.ones(channels, np.float64)
    offset, last = None, node
    alone = graph.used_once(graph.of(node, 1))
    while (user := graph.only_user(last)) is not None and (vector := _vector(graph, user, last, channels)) is not None:
        if user.op in ("Mul", "RealDiv") and alone:
            factor = vector if user.op == "Mul" else 1 / vector
            scale, offset = scale * factor, None if offset is None else offset * factor
        elif user.op in ("BiasAdd", "Add", "AddV2", "Sub"):
            offset = (0 if offset is None else offset) + (-vector if user.op == "Sub" else vector)
        else:
            break
        last = user
    if last is node:
        return
    inputs = [node.input[0], _scaled(graph, node, weights, scale)]
    if offset is None:
        graph.replace(last, _copy(graph, node, node.op, inputs))
        return
    inputs.append(graph.add_constant(f"{node.name}/bias", offset.astype(np.float32)))
    fused = _copy(graph, node, FUSED[node.op], inputs)
    activation = graph.only_user(last)
    ops = [b"BiasAdd"]
    if activation is not None and activation.op in ACTIVATIONS:
        ops.append(activation.op.encode())
        if activation.op == "LeakyRelu":
            fused.attr["leakyrelu_alpha"].f = activation.attr["alpha"].f if "alpha" in activation.attr else 0.2
        last = activation
    fused.attr["fused_ops"].list.s.extend(ops)
    fused.attr["num_args"].i = 1
    graph.replace(last, fused)


def _channels(node: Node, weights: np.ndarray) -> int:
    if node.op == "DepthwiseConv2dNative":
        return int(weights.shape[2] * weights.shape[3])
    return int(weights.shape[0] if node.attr["transpose_b"].b else weights.shape[-1])


def _vector(graph: Graph, user: Node, value: Node, channels: int) -> np.ndarray | None:
    """The constant that `user` combines `value` with, one number for each channel; None if it is anything else."""
    if len(user.input) != 2 or user.op not in ("Mul", "RealDiv", "BiasAdd", "Add", "AddV2", "Sub"):
        return None
    other = 1 if graph.of(user, 0) is value else 0
    if other == 0 and user.op in ("RealDiv", "Sub", "BiasAdd"):
        return None
    constant = graph.constant(graph.of(user, other))
    rank = 2 if value.op in ("MatMul",) else 4
    if constant is None or constant.ndim > rank or constant.size not in (1, channels):
        return None
    if constant.size > 1 and constant.shape[-1] != channels:
        return None
    return np.broadcast_to(constant.reshape(-1).astype(np.float64), [channels])


def _scaled(graph: Graph, node: Node, weights: np.ndarray, scale: np.ndarray) -> str:
    if (scale == 1).all():
        return str(node.input[1])
    if node.op == "DepthwiseConv2dNative":
        factors = scale.reshape(weights.shape[2:])
    else:
        factors = scale[:, None] if node.attr["transpose_b"].b else scale
    return graph.add_constant(f"{graph.of(node, 1).name}/scaled", (weights * factors).astype(np.float32))


def _copy(graph: Graph, node: Node, op: str, inputs: list[str]) -> Node:
    attrs: dict[str, Any] = {key: node.attr[key] for key in _KEPT if key in node.attr}
    return graph.add(op, f"{node.name}/fused", inputs, **attrs)


def _prelu(graph: Graph, node: Node) -> None:
    """``relu(x) + a * relu(-x)`` with a constant, as Keras writes PReLU, is ``Prelu(x, -a)``."""
    for positive, scaled in ((0, 1), (1, 0)):
        relu, product = graph.of(node, positive), graph.of(node, scaled)
        if relu.op != "Relu" or product.op != "Mul":
            continue
        for inner, factor in ((0, 1), (1, 0)):
            negative, alpha = graph.of(product, inner), graph.constant(graph.of(product, factor))
            if negative.op != "Relu" or alpha is None or graph.of(negative, 0).op != "Neg":
                continue
            if graph.of(negative, 0).input[0] == relu.input[0]:
                slope = graph.add_constant(f"{node.name}/slope", -alpha)
                dtype = tf.as_dtype(node.attr["T"].type).as_numpy_dtype
                graph.replace(node, graph.add("Prelu", f"{node.name}/prelu", [relu.input[0], slope], T=np.dtype(dtype)))
                return
