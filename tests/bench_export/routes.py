"""The other ways to export, each from `Message` to `Message` for a child process, and how their artefacts are run.

They name inputs and outputs as they like, so that names are matched by what fits.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tf2kit.export.child import Message
from tf2kit.export.entry import median
from tf2kit.export.onnx.run import texts
from tf2kit.export.sources import modules

from . import official_tfjs

REPEATS = 20


def keras_export(message: Message) -> Message:
    """``model.export(out, format=…)`` of Keras, on the model as it was saved."""
    import keras

    model = message.data["model"]
    loaded = modules.resolve(model)() if ":" in model else keras.models.load_model(model, compile=False)
    if ":" not in model:  # a loaded model that was never called cannot be exported
        loaded(keras.tree.map_structure(_example, loaded.input))
    loaded.export(message.data["out"], format=message.data["format"], verbose=False)
    return Message()


def _example(tensor: Any) -> Any:
    import tensorflow as tf

    return tf.zeros([1 if size is None else size for size in tensor.shape], tensor.dtype)


def tf2onnx_command(message: Message) -> Message:
    """The command line of tf2onnx on the SavedModel."""
    data = message.data
    flags = [
        "--saved-model",
        data["saved_model"],
        "--signature_def",
        data["signature"],
        "--opset",
        "18",
        "--output",
        data["out"],
    ]
    return _run([sys.executable, "-m", "tf2onnx.convert", *flags])


def official_converter(message: Message) -> Message:
    """The converter of TensorFlow.js in an environment of its own."""
    data = message.data
    python = Path(data["environment"]) / "bin" / "python"
    return _run(official_tfjs.command(python, Path(data["saved_model"]), data["signature"], Path(data["out"])))


def _run(command: Sequence[str]) -> Message:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"code {done.returncode}")
    return Message()


def run_litert(message: Message) -> Message:
    """A TensorFlow Lite file in LiteRT, without its signatures."""
    from ai_edge_litert.interpreter import Interpreter

    engine = Interpreter(message.data["artefact"], num_threads=1)
    details = engine.get_input_details()
    given = _matched({d["index"]: (d["name"], tuple(d["shape_signature"])) for d in details}, message.arrays)
    for index, array in given.items():
        engine.resize_tensor_input(index, array.shape)
    engine.allocate_tensors()
    for index, array in given.items():
        engine.set_tensor(index, array)
    engine.invoke()
    outputs = {d["name"]: engine.get_tensor(d["index"]) for d in engine.get_output_details()}
    for index, array in given.items():
        engine.resize_tensor_input(index, (1, *array.shape[1:]))
    engine.allocate_tensors()
    for index, array in given.items():
        engine.set_tensor(index, array[:1])
    return Message({"latency": {"1": median(engine.invoke, REPEATS)}}, outputs)


def run_onnx(message: Message) -> Message:
    """An ONNX model in onnxruntime."""
    import onnxruntime

    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1
    settings.log_severity_level = 4
    session = onnxruntime.InferenceSession(message.data["artefact"], settings, providers=["CPUExecutionProvider"])
    shapes = {x.name: (x.name, tuple(n if isinstance(n, int) else -1 for n in x.shape)) for x in session.get_inputs()}
    feed = {name: texts(array) for name, array in _matched(shapes, message.arrays).items()}
    names = [output.name for output in session.get_outputs()]
    outputs = dict(zip(names, session.run(names, feed), strict=True))
    one = {name: array[:1] for name, array in feed.items()}
    return Message({"latency": {"1": median(lambda: session.run(names, one), REPEATS)}}, outputs)


def _matched(
    places: Mapping[Any, tuple[str, tuple[int, ...]]], arrays: Mapping[str, np.ndarray]
) -> dict[Any, np.ndarray]:
    """Each place gets the array of its name, else the only one left whose shape fits, else the next."""
    left, found = dict(arrays), {}
    for place, (name, _) in places.items():
        if match := next((key for key in left if key in name), None):
            found[place] = left.pop(match)
    for place, (_, shape) in places.items():
        if place not in found:
            fits = [key for key, array in left.items() if _fits(array.shape, shape)] or list(left)
            found[place] = left.pop(fits[0])
    return found


def _fits(shape: Sequence[int], wanted: Sequence[int]) -> bool:
    return len(shape) == len(wanted) and all(a == b for a, b in zip(shape[1:], wanted[1:], strict=True) if b > 0)


def renamed(expected: Mapping[str, np.ndarray], outputs: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Outputs under the names of the original's: by name, else by shape, else by order."""
    places = {name: (name, (-1, *array.shape[1:])) for name, array in expected.items()}
    return _matched(places, {name: np.asarray(array) for name, array in outputs.items()}) if outputs else {}
