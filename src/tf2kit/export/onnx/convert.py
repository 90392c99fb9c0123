"""A signature becomes an ONNX model: lowered, or with its recurrent layers as operators."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ExportError
from ..signatures import Exportable
from . import model as models

if TYPE_CHECKING:
    import tensorflow as tf

    from .. import lower

OPSET = 18  # the last that tf2onnx 1.17 knows
_STRINGS = 19  # the first in which strings can be compared


def convert(exportable: Exportable, out: Path, options: Mapping[str, Any]) -> dict[str, Any]:
    """Write the first signature; ``options["opset"]`` is a number or None. See `target.Convert`.

    Raises:
      ExportError: ONNX lacks ops of the model; all of them are named.
    """
    import onnx

    from ..sources import saved_models

    logging.getLogger("tf2onnx").setLevel(logging.CRITICAL)
    signature = exportable.main
    loaded = saved_models.read(exportable.saved_model)  # what dies with it are the variables
    function = loaded.signatures[signature.name]
    model, opset = _recurrent(function, options), options.get("opset") or OPSET
    if model is None:
        frozen = _lowered(function)
        opset = _opset(frozen.graph_def, options)
        model = _converted(frozen, opset)
        models.refuse(model, opset)
    models.shorten(model.graph)
    onnx.save(model, str(out))
    ops = Counter(node.op_type for node in models.nodes(model.graph))
    return {"opset": opset, "ops": dict(sorted(ops.items())), "notes": []}


def _lowered(function: Any) -> lower.Frozen:
    """The signature without ops that ONNX lacks; loops of known length are unrolled, and lookups are comparisons."""
    import tensorflow as tf

    from .. import lower

    return lower.freeze(function, {**lower.COMMON, **_rules()}, compare=[tf.string, tf.int64, tf.int32])


def _rules() -> dict[str, Any]:
    """What tf2onnx has wrong: it divides integers by cutting off (1.17), so that -4 // 3 would be -1 and -4 % 3 would too."""
    import tensorflow as tf

    def floored(x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
        cut = tf.truncatediv(x, y)
        rest = x - cut * y
        below = tf.logical_and(tf.not_equal(rest, 0), tf.not_equal(rest < 0, y < 0))
        return cut - tf.cast(below, x.dtype)

    def floor_div(_: Any, inputs: Sequence[tf.Tensor]) -> Sequence[tf.Tensor] | None:
        x, y = inputs
        return [floored(x, y)] if x.dtype.is_integer and not x.dtype.is_unsigned else None

    def floor_mod(_: Any, inputs: Sequence[tf.Tensor]) -> Sequence[tf.Tensor] | None:
        x, y = inputs
        return [x - floored(x, y) * y] if x.dtype.is_integer and not x.dtype.is_unsigned else None

    return {"FloorDiv": floor_div, "FloorMod": floor_mod}


def _recurrent(function: Any, options: Mapping[str, Any]) -> Any:
    """A model whose loops tf2onnx knows as LSTM or GRU, which are operators of ONNX and a tenth of the size; None where it does not.

    Only where nothing has to be lowered.
    """
    import tensorflow as tf
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

    from .. import lower

    graph = function.graph.as_graph_def()
    found = {node.op for nodes in [graph.node, *(f.node_def for f in graph.library.function)] for node in nodes}
    if not found & {"While", "StatelessWhile"} or found & {*lower.COMMON, *_rules(), "LookupTableFindV2"}:
        return None
    constant = convert_variables_to_constants_v2(function, lower_control_flow=False)
    keywords = function._arg_keywords
    names = [tensor.name for tensor in constant.inputs if tensor.dtype != tf.resource]
    outputs = dict(zip(sorted(function.structured_outputs), (t.name for t in constant.outputs), strict=True))
    frozen = lower.Frozen(constant.graph.as_graph_def(), dict(zip(keywords, names, strict=False)), outputs, {}, ())
    opset = options.get("opset") or OPSET
    try:
        model = _converted(frozen, opset)
        models.refuse(model, opset)
    except Exception:  # tf2onnx raises whatever it trips over; unrolling is the other way
        return None
    return model if any(node.op_type in ("LSTM", "GRU", "RNN") for node in models.nodes(model.graph)) else None


def _converted(frozen: lower.Frozen, opset: int) -> Any:
    """The model of tf2onnx. Opset 19 is 18 with more types for the operators that are used, so that only its number changes."""
    import onnx
    import tf2onnx

    model, _ = tf2onnx.convert.from_graph_def(
        frozen.graph_def,
        name="tf2kit",
        input_names=list(frozen.inputs.values()),
        output_names=list(frozen.outputs.values()),
        opset=min(opset, OPSET),
        tensors_to_rename={tensor: name for names in (frozen.inputs, frozen.outputs) for name, tensor in names.items()},
    )
    models.compare_strings(model.graph)
    for row in model.opset_import:
        if row.domain == "" and row.version < opset:
            row.version = opset
            model.ir_version = onnx.helper.find_min_ir_version_for(model.opset_import)
    return model


def _opset(graph_def: Any, options: Mapping[str, Any]) -> int:
    """What is asked for, or the least that does.

    Raises:
      ExportError: strings are compared, and the opset is too old for that.
    """
    import tensorflow as tf

    strings = any(node.op == "Equal" and node.attr["T"].type == tf.string for node in graph_def.node)
    opset: int = options.get("opset") or (_STRINGS if strings else OPSET)
    if strings and opset < _STRINGS:
        message = f"The model compares strings, which ONNX has since opset {_STRINGS}; opset {opset} was asked for."
        raise ExportError(message, op="Equal", todo=f"Give --opset {_STRINGS} or more.", usage=True)
    return opset
