"""ONNX models by tf2onnx, of which it is known before they are written that they hold ONNX operators only; run in onnxruntime.

tf2onnx writes ops that it does not know under their TensorFlow names, without an error, and floor division of integers as division that
cuts off. So the graph is lowered first (`lower`), and looked through afterwards.
"""

from __future__ import annotations

import importlib.util
import logging
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .entry import median, single
from .errors import ExportError, RuntimeMissingError
from .signatures import Exportable, Signature
from .target import Ran, Target

if TYPE_CHECKING:
    import tensorflow as tf

    from . import lower

OPSETS = range(13, 20)
OPSET = 18  # the last that tf2onnx 1.17 knows
_STRINGS = 19  # the first in which strings can be compared
_MOVING = ("Reshape", "Unsqueeze", "Squeeze", "Identity", "Expand", "Transpose")
THREADS = (1, 2)


def needs(check: bool) -> None:
    """Raise `RuntimeMissingError` where tf2onnx, or for a check onnxruntime, is not installed."""
    for name in ("tf2onnx", "onnx", *(["onnxruntime"] if check else [])):
        if importlib.util.find_spec(name) is None:
            message = f"ONNX needs the package {name}, which is not installed."
            raise RuntimeMissingError(message, todo=f'{sys.executable} -m pip install "tf2kit[export]"')


def convert(exportable: Exportable, out: Path, options: Mapping[str, Any]) -> dict[str, Any]:
    """Write the first signature; ``options["opset"]`` is a number or None. See `target.Convert`.

    Raises:
      ExportError: ONNX lacks ops of the model; all of them are named.
    """
    import onnx
    import tensorflow as tf

    logging.getLogger("tf2onnx").setLevel(logging.CRITICAL)
    signature = exportable.main
    loaded = tf.saved_model.load(str(exportable.saved_model))  # what dies with it are the variables
    function = loaded.signatures[signature.name]
    model, opset = _recurrent(function, options), options.get("opset") or OPSET
    if model is None:
        frozen = _lowered(function)
        opset = _opset(frozen.graph_def, options)
        model = _converted(frozen, opset)
        _refuse(model, opset)
    onnx.save(model, str(out))
    ops = Counter(node.op_type for node in _nodes(model.graph))
    return {"opset": opset, "ops": dict(sorted(ops.items())), "notes": []}


def _lowered(function: Any) -> lower.Frozen:
    """The signature without ops that ONNX lacks; loops of known length are unrolled, and lookups are comparisons."""
    import tensorflow as tf

    from . import lower

    return lower.freeze(function, {**lower.COMMON, **_rules()}, compare=[tf.string, tf.int64, tf.int32])


def _recurrent(function: Any, options: Mapping[str, Any]) -> Any:
    """A model whose loops tf2onnx knows as LSTM or GRU, which are operators of ONNX and a tenth of the size; None where it does not.

    Only where nothing has to be lowered.
    """
    import tensorflow as tf
    from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2

    from . import lower

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
        _refuse(model, opset)
    except Exception:  # tf2onnx raises whatever it trips over; unrolling is the other way
        return None
    return model if any(node.op_type in ("LSTM", "GRU", "RNN") for node in _nodes(model.graph)) else None


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
    _compare_strings(model.graph)
    for row in model.opset_import:
        if row.domain == "" and row.version < opset:
            row.version = opset
            model.ir_version = onnx.helper.find_min_ir_version_for(model.opset_import)
    return model


def _compare_strings(graph: Any) -> None:
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


def _nodes(graph: Any) -> Iterator[Any]:
    """Nodes of a graph and of the bodies of its loops and conditions."""
    for node in graph.node:
        yield node
        for attribute in node.attribute:
            if attribute.HasField("g"):
                yield from _nodes(attribute.g)


def _refuse(model: Any, opset: int) -> None:
    """Raise an error that names every op that is not ONNX's."""
    import onnx

    wrong = {
        (node.op_type, node.name)
        for node in _nodes(model.graph)
        if node.domain in ("", "ai.onnx") and not onnx.defs.has(node.op_type, opset)
    }
    if wrong:
        counts = Counter(op for op, _ in wrong)
        places = {op: next(name for o, name in sorted(wrong) if o == op) for op in counts}
        listed = "; ".join(f"{op} ({places[op]}{', and others' * (counts[op] > 1)})" for op in sorted(counts))
        message = f"ONNX opset {opset} has no form of these ops of the model: {listed}."
        todo = "Leave them out of the exported signature, such as text that is cleaned before the model is called."
        raise ExportError(message, op=min(counts), todo=todo)


def _rules() -> dict[str, Any]:
    """What only ONNX lacks or tf2onnx has wrong."""
    import tensorflow as tf

    def floor_div(_: Any, inputs: Sequence[tf.Tensor]) -> Sequence[tf.Tensor] | None:
        """Of integers: tf2onnx 1.17 writes a division that cuts off, so that -4 // 3 is -1."""
        x, y = inputs
        if not x.dtype.is_integer or x.dtype.is_unsigned:
            return None
        cut = tf.truncatediv(x, y)
        rest = x - cut * y
        below = tf.logical_and(tf.not_equal(rest, 0), tf.not_equal(rest < 0, y < 0))
        return [cut - tf.cast(below, x.dtype)]

    return {"FloorDiv": floor_div}


def run(
    artefact: Path, signature: Signature, given: Mapping[str, np.ndarray], repeats: int, _options: Mapping[str, Any]
) -> Ran:
    """Run the model in onnxruntime. See `target.Run`."""
    start = time.perf_counter()
    session = _session(artefact, THREADS[0])
    load = time.perf_counter() - start
    feed = {name: _fed(array) for name, array in given.items()}
    names = [output.name for output in session.get_outputs()]
    outputs = dict(zip(names, session.run(names, feed), strict=True))
    latency = {}
    for threads in THREADS if repeats else ():
        timed, one = _session(artefact, threads), single(signature, feed)
        latency[threads] = median(lambda timed=timed, one=one: timed.run(names, one), repeats)  # type: ignore[misc]
    return Ran({name: np.asarray(value) for name, value in outputs.items()}, load, latency)


def _session(artefact: Path, threads: int) -> Any:
    import onnxruntime

    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = threads
    settings.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(artefact), settings, providers=["CPUExecutionProvider"])
    except Exception as error:  # classes of onnxruntime that share no base
        raise ExportError(f"onnxruntime rejects the model: {' '.join(str(error).split())[:600]}") from error


def _fed(array: np.ndarray) -> np.ndarray:
    """Strings as text, as onnxruntime wants them."""
    if array.dtype.kind not in "OS":
        return array
    texts = np.empty(array.shape, object)
    for index in np.ndindex(array.shape):
        value = array[index]
        texts[index] = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
    return texts


TARGET = Target(
    name="onnx",
    title="ONNX",
    convert=f"{__name__}:convert",
    runs={"onnxruntime": f"{__name__}:run"},
    needs=needs,
    suffix=".onnx",
)
