"""What is looked for and mended in models that tf2onnx has made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..errors import ExportError

# operators that move strings and keep them
_MOVING = ("Reshape", "Unsqueeze", "Squeeze", "Identity", "Expand", "Transpose", "Slice", "Gather", "Tile")


def nodes(graph: Any) -> Iterator[Any]:
    """Nodes of a graph and of the bodies of its loops and conditions."""
    for node in graph.node:
        yield node
        for attribute in node.attribute:
            if attribute.HasField("g"):
                yield from nodes(attribute.g)


def refuse(model: Any, opset: int) -> None:
    """Raise an error that names every op that is not ONNX's."""
    import onnx

    wrong = {
        (node.op_type, node.name)
        for node in nodes(model.graph)
        if node.domain in ("", "ai.onnx") and not onnx.defs.has(node.op_type, opset)
    }
    if wrong:
        counts = Counter(op for op, _ in wrong)
        places = {op: next(name for o, name in sorted(wrong) if o == op) for op in counts}
        listed = "; ".join(f"{op} ({places[op]}{', and others' * (counts[op] > 1)})" for op in sorted(counts))
        message = f"ONNX opset {opset} has no form of these ops of the model: {listed}."
        todo = "Leave them out of the exported signature, such as text that is cleaned before the model is called."
        raise ExportError(message, op=min(counts), todo=todo)


def compare_strings(graph: Any) -> None:
    """Take away the casts to numbers that tf2onnx puts before comparisons, since older opsets compare numbers only."""
    import onnx

    string = onnx.TensorProto.STRING
    texts = {x.name for x in graph.input if x.type.tensor_type.elem_type == string}
    texts |= {x.name for x in graph.initializer if x.data_type == string}
    for node in graph.node:
        if node.op_type in _MOVING and node.input[0] in texts:
            texts.add(node.output[0])
    casts = {node.output[0]: node for node in graph.node if node.op_type == "Cast" and node.input[0] in texts}
    for node in graph.node:
        if node.op_type == "Equal":
            node.input[:] = [casts[name].input[0] if name in casts else name for name in node.input]
    for node in casts.values():
        graph.node.remove(node)


def shorten(graph: Any) -> None:
    """Take what all names begin with off them: in small models names are a tenth of the file."""
    prefix = "StatefulPartitionedCall/"
    everything = [graph, *(a.g for node in nodes(graph) for a in node.attribute if a.HasField("g"))]
    names = {name for node in nodes(graph) for name in (*node.input, *node.output)}
    if any(name.removeprefix(prefix) in names for name in names if name.startswith(prefix)):
        return
    for part in everything:
        for node in part.node:
            node.name = node.name.removeprefix(prefix)
            node.input[:] = [name.removeprefix(prefix) for name in node.input]
            node.output[:] = [name.removeprefix(prefix) for name in node.output]
        for value in (*part.initializer, *part.value_info, *part.input, *part.output):
            value.name = value.name.removeprefix(prefix)
