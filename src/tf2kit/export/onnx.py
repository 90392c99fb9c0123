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

OPSETS = range(13, 24)
OPSET = 18
# the first in which strings can be compared
_STRINGS = 19
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
    import tf2onnx

    from . import lower

    logging.getLogger("tf2onnx").setLevel(logging.ERROR)
    signature = exportable.main
    loaded = tf.saved_model.load(str(exportable.saved_model))
    compare = [tf.string, tf.int64, tf.int32]
    frozen = lower.freeze(loaded.signatures[signature.name], {**lower.COMMON, **_rules()}, compare=compare)
    del loaded
    strings = any(node.op == "Equal" and node.attr["T"].type == tf.string for node in frozen.graph_def.node)
    opset = options.get("opset") or (_STRINGS if strings else OPSET)
    if strings and opset < _STRINGS:
        message = f"The model compares strings, which ONNX has since opset {_STRINGS}; opset {opset} was asked for."
        raise ExportError(message, op="Equal", todo=f"Give --opset {_STRINGS} or more.", usage=True)
    model, _ = tf2onnx.convert.from_graph_def(
        frozen.graph_def,
        name=signature.name,
        input_names=list(frozen.inputs.values()),
        output_names=list(frozen.outputs.values()),
        opset=opset,
        tensors_to_rename={tensor: name for names in (frozen.inputs, frozen.outputs) for name, tensor in names.items()},
    )
    ops = Counter(node.op_type for node in _nodes(model.graph))
    _refuse(model, opset)
    onnx.save(model, str(out))
    return {"opset": opset, "ops": dict(sorted(ops.items())), "notes": []}


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
