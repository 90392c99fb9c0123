"""Graphs of TensorFlow 1: frozen ones, and checkpoints with a .meta file."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tensorflow as tf
from google.protobuf.message import DecodeError

from ..errors import ExportError
from . import saved_models
from .load import Loaded, Request

tf1 = tf.compat.v1
NAME = "serving_default"


def load_frozen(request: Request, workdir: Path) -> Loaded:
    """A GraphDef without variables.

    Raises:
      ExportError: the file is none, or it is not said what goes in and comes out.
    """
    path, graph_def = Path(request.model), tf1.GraphDef()
    try:
        graph_def.ParseFromString(path.read_bytes())
    except DecodeError as error:
        raise ExportError(f"{path} is no frozen graph (GraphDef): {error}.", usage=True) from error
    with tf.Graph().as_default() as graph, tf1.Session(graph=graph) as session:
        _imported(lambda: tf.import_graph_def(graph_def, name=""), path)
        folder = _written(session, request, workdir)
    return saved_models.load(_plainly(request), folder, workdir, "frozen graph")


def load_checkpoint(request: Request, workdir: Path) -> Loaded:
    """A checkpoint with the graph that wrote it.

    Raises:
      ExportError: files are missing or do not fit, or it is not said what goes in and comes out.
    """
    prefix = request.model.removesuffix(".meta")
    for name in (prefix + ".meta", prefix + ".index"):
        if not Path(name).is_file():
            raise ExportError(f"There is no {name}, which belongs to the checkpoint {prefix}.", usage=True)
    with tf.Graph().as_default() as graph, tf1.Session(graph=graph) as session:
        saver = _imported(
            lambda: tf1.train.import_meta_graph(prefix + ".meta", clear_devices=True), Path(prefix + ".meta")
        )
        try:
            saver.restore(session, prefix)
        except (ValueError, tf.errors.OpError) as error:
            raise ExportError(f"The checkpoint {prefix} cannot be restored: {_short(error)}", usage=True) from error
        folder = _written(session, request, workdir)
    return saved_models.load(_plainly(request), folder, workdir, "TensorFlow 1 checkpoint")


def _imported(read: Any, path: Path) -> Any:
    try:
        return read()
    except (ValueError, KeyError, DecodeError, tf.errors.OpError) as error:
        unregistered = re.search(r"Op type not registered '(\w+)'", str(error)) or re.search(
            r"No op named (\w+)", str(error)
        )
        op = unregistered.group(1) if unregistered else ""
        message = (
            f"The graph in {path} has the op {op}, which TensorFlow 2 does not have."
            if op
            else f"{path} cannot be read: {_short(error)}"
        )
        raise ExportError(message, op=op, usage=True) from error


def _written(session: Any, request: Request, workdir: Path) -> Path:
    """The graph of a session as a SavedModel, with tables as they are after their initialisation."""
    inputs, outputs = (_tensors(session.graph, words) for words in (request.inputs, request.outputs))
    if not inputs or not outputs:
        raise ExportError(
            f"{request.model} does not say what goes in and comes out.", todo=_suggestion(session.graph), usage=True
        )
    folder = workdir / "saved_model"
    builder = tf1.saved_model.Builder(str(folder))
    signature = tf1.saved_model.predict_signature_def(inputs, outputs)
    builder.add_meta_graph_and_variables(
        session,
        [tf1.saved_model.tag_constants.SERVING],
        {NAME: signature},
        main_op=tf1.tables_initializer(),
        clear_devices=True,
    )
    builder.save()
    return folder


def _plainly(request: Request) -> Request:
    """The same without names of tensors, which are in the SavedModel now."""
    return dataclasses.replace(request, inputs=(), outputs=())


def _tensors(graph: Any, words: tuple[str, ...]) -> Mapping[str, Any]:
    """``tensor`` or ``name=tensor`` → tensor, by the name in the signature."""
    found = {}
    for word in words:
        name, _, tensor = word.rpartition("=")
        try:
            found[name or _plain(tensor)] = graph.get_tensor_by_name(tensor if ":" in tensor else f"{tensor}:0")
        except (KeyError, ValueError):
            raise ExportError(f"The graph has no tensor {tensor}.", todo=_suggestion(graph), usage=True) from None
    return found


def _plain(tensor: str) -> str:
    """The name of a tensor as that of an argument; the first output of an op loses its number."""
    return re.sub(r"\W", "_", tensor.removesuffix(":0"))


def _suggestion(graph: Any) -> str:
    """Placeholders, and what nothing reads."""
    ops = graph.get_operations()
    placeholders = [op.name for op in ops if op.type == "Placeholder"]
    ends = [op.name for op in ops if op.outputs and not any(t.consumers() for t in op.outputs) and op.inputs]
    return f"Give --inputs and --outputs. Placeholders: {_listed(placeholders)}. Read by nothing: {_listed(ends)}."


def _listed(names: list[str], most: int = 8) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more if names else "none"


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:400]
