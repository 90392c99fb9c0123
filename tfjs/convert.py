"""The story of an export to TF.js: a signature becomes a graph of constants, this one becomes smaller, and is written.

1. trace the signature anew, without variables, calls and loops of known length, and with ops that TF.js has (`rules.py`)
2. Grappler: fold constants, leave out what is not needed (`optimize.py`)
3. fuse convolutions and products with what follows them (`fuse.py`)
4. look whether TF.js has every op (`ops.py`)
5. write weights (`weights.py`), model.json (`document.py`) and what a programmer wants beside it (`typings.py`)
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tensorflow as tf

from tf2kit.export import Exportable, lower
from tf2kit.export.sources import saved_models

from . import document, fuse, ops, optimize, typings
from .graph import Graph
from .rules import RULES
from .weights import Weights, parse

UNROLL = 256


def convert(exportable: Exportable, out: Path, options: Mapping[str, Any]) -> dict[str, Any]:
    """Write the first signature as a graph model of TF.js.

    Args:
      exportable: the SavedModel.
      out: a folder that is made; model.json and the rest go there.
      options: ``quantize``, as `weights.parse` reads it, and ``unroll``, rounds of a loop that are unrolled.

    Returns:
      ``files``, ``ops`` (how often each is there), ``asynchronous`` (ops that need ``executeAsync``) and ``notes``.

    Raises:
      tf2kit.export.lower.LoweringError: TF.js lacks an op of the model, or cannot hold a number of it.
      tf2kit.export.ExportError: an option makes no sense.
    """
    quantize = parse(options.get("quantize") or "")
    loaded = saved_models.read(exportable.saved_model)
    function = loaded.signatures[exportable.main.name]
    frozen = lower.freeze(function, RULES, options.get("unroll", UNROLL), compare=[tf.int32, tf.int64])
    out.mkdir()
    return write(frozen, out, Weights(quantize))


def write(frozen: lower.Frozen, folder: Path, weights: Weights) -> dict[str, Any]:
    """Steps 2 to 5."""
    graph = _shrunk(frozen)
    graph_def = graph.written()
    ops.check(graph_def)
    waiting = ops.asynchronous(graph_def)
    counts = Counter(node.op for node in graph_def.node)
    model: dict[str, Any] = {
        "format": "graph-model",
        "generatedBy": tf.__version__,
        "convertedBy": "tf2kit",
        "signature": document.signature(frozen),
        "modelTopology": document.topology(graph_def, weights),
    }
    if used := [table for table in frozen.tables if table.name in graph.nodes]:
        model["modelInitializer"] = document.initializer(used, weights)
    paths = weights.write(folder)
    model["weightsManifest"] = [{"paths": paths, "weights": weights.manifest}]
    (folder / "model.json").write_text(json.dumps(model, separators=(",", ":")))
    beside = typings.write(folder, frozen, bool(waiting), text="StaticRegexReplace" in counts)
    return {
        "files": ["model.json", *paths, *beside],
        "ops": dict(counts),
        "asynchronous": waiting,
        "notes": [f"Call executeAsync, not predict: the model has {', '.join(waiting)}."] if waiting else [],
    }


def _shrunk(frozen: lower.Frozen) -> Graph:
    outputs = list(frozen.outputs.values())
    graph_def = optimize.without_control(optimize.optimize(frozen.graph_def, outputs))
    graph = Graph(graph_def, [*outputs, *frozen.inputs.values()])
    fuse.fuse(graph)
    return graph
