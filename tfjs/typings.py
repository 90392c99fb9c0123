"""model.d.ts and usage.mjs: what a programmer wants to have beside model.json."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import tensorflow as tf

from tf2kit.export.lower import Frozen

from .nodejs import SCRIPTS

_TYPES = {
    tf.string: "string",
    tf.bool: "bool",
    **dict.fromkeys((tf.int32, tf.int64, tf.int8, tf.uint8, tf.int16, tf.uint16), "int32"),
}


def write(folder: Path, frozen: Frozen, waits: bool, text: bool) -> list[str]:
    """Write both, and kernels.mjs for models that change text, which the wasm backend cannot without it; their names."""
    (folder / "model.d.ts").write_text(declarations(frozen, waits))
    (folder / "usage.mjs").write_text(usage(frozen, waits, text))
    if not text:
        return ["model.d.ts", "usage.mjs"]
    shutil.copyfile(SCRIPTS / "kernels.mjs", folder / "kernels.mjs")
    return ["model.d.ts", "usage.mjs", "kernels.mjs"]


def declarations(frozen: Frozen, waits: bool) -> str:
    """Interfaces for the inputs and outputs by name."""
    call = "executeAsync" if waits else "execute"
    return f"""import type {{GraphModel, Tensor}} from '@tensorflow/tfjs';

/** What the model takes. */
export interface Inputs {{
{_members(frozen.inputs, frozen)}
}}

/** What it gives: `model.{call}(inputs, outputNames)` returns these in the order of `outputNames`. */
export interface Outputs {{
{_members(frozen.outputs, frozen)}
}}

export type Model = GraphModel;
export declare const outputNames: {json.dumps(list(frozen.outputs))};
export type ModelTensor = Tensor;
"""


def _members(names: Mapping[str, str], frozen: Frozen) -> str:
    lines = []
    for name, tensor in names.items():
        spec = frozen.specs[tensor]
        shape = (
            "any rank"
            if spec.shape.rank is None
            else f"[{', '.join('?' if s is None else str(s) for s in spec.shape)}]"
        )
        lines.append(f"  /** {_TYPES.get(spec.dtype, 'float32')} {shape} */\n  {json.dumps(name)}: Tensor;")
    return "\n".join(lines)


def usage(frozen: Frozen, waits: bool, text: bool = False) -> str:
    """Five lines that run the model on zeros."""
    feeds = ", ".join(f"{json.dumps(name)}: {_zeros(frozen.specs[tensor])}" for name, tensor in frozen.inputs.items())
    call = "await model.executeAsync" if waits else "model.execute"
    names = json.dumps(list(frozen.outputs))
    register = "import {register} from './kernels.mjs'; // for the wasm backend\n\nregister(tf);" if text else ""
    return f"""import * as tf from '@tensorflow/tfjs';
{register}
const model = await tf.loadGraphModel('model.json');
const outputs = {call}({{{feeds}}}, {names});
for (const output of outputs) output.print();
"""


def _zeros(spec: tf.TensorSpec) -> str:
    shape = json.dumps([size or 1 for size in spec.shape] if spec.shape.rank is not None else [1])
    if spec.dtype == tf.string:
        return f"tf.fill({shape}, '')"
    kind = _TYPES.get(spec.dtype, "float32")
    return f"tf.zeros({shape}, '{kind}')" if kind != "string" else ""
