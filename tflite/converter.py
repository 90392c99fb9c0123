"""TensorFlow's converter with the settings of each quantisation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

from tf2kit.export import Exportable

from . import representative, texts
from .options import CALIBRATED, Options

_OPS = tf.lite.OpsSet
_SIXTEEN = _OPS.EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8


def run(
    source: Path, exportable: Exportable, wanted: Options, encoded: Collection[str], notes: list[str], select_ops: bool
) -> bytes:
    """The content of a .tflite file.

    Args:
      source: the SavedModel, or what was rebuilt from it.
      exportable: whose signatures are converted.
      wanted: the quantisation.
      encoded: ``signature/input`` of texts that are bytes in `source`.
      notes: gets sentences about the calibration.
      select_ops: whether ops of TensorFlow may stay.
    """
    converter = tf.lite.TFLiteConverter.from_saved_model(str(source), signature_keys=list(exportable.signatures))
    # only for those who change them: otherwise variables would be read from memory that nobody has filled
    converter.experimental_enable_resource_variables = not all(s.pure for s in exportable.signatures.values())
    mode = wanted.quantize
    allowed = [_OPS.TFLITE_BUILTINS, *([_OPS.SELECT_TF_OPS] if select_ops else [])]
    # integers where there are kernels for them; the rest stays float and shows in the report
    first = {"int8": _OPS.TFLITE_BUILTINS_INT8, "int8-io": _OPS.TFLITE_BUILTINS_INT8, "int16x8": _SIXTEEN}.get(mode)
    converter.target_spec.supported_ops = [first, *allowed] if first else allowed
    if mode != "float32":
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if mode == "float16":
        converter.target_spec.supported_types = [tf.float16]
    if mode == "int8-io":
        converter.inference_input_type = converter.inference_output_type = tf.int8
    if mode in CALIBRATED and wanted.representative:
        converter.representative_dataset = _calibration(exportable, wanted.representative, encoded, notes)
    return bytes(converter.convert())


def _calibration(
    exportable: Exportable, source: str, encoded: Collection[str], notes: list[str]
) -> Callable[[], Iterator[Any]]:
    """What the converter wants: a function that yields the inputs of one call after the other."""
    read = {name: representative.read(source, signature) for name, signature in exportable.signatures.items()}
    count = len(next(iter(next(iter(read.values())).values())))
    notes.append(f"Calibrated on {count} samples.")
    if count < representative.ADVISED:
        notes.append(
            f"{count} samples are few: activations that they do not reach are cut off. Give {representative.ADVISED} or more."
        )

    def calls() -> Iterator[Any]:
        for name, signature in exportable.signatures.items():
            for batch in representative.batches(read[name], signature):
                given = {k: _given(v, f"{name}/{k}" in encoded) for k, v in batch.items()}
                yield (name, given) if len(exportable.signatures) > 1 else given

    return calls


def _given(array: np.ndarray, is_text: bool) -> np.ndarray:
    return texts.encode(array) if is_text else array
