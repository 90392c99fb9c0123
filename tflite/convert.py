"""From a SavedModel to a .tflite file; runs in a child process."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from tf2kit.export import Exportable, ExportError, lower

from . import c_array, converter, measure, metadata, model_file, rebuild, refusals, rules, texts
from .options import AUTO, CALIBRATED, Options

# Rules to rebuild a model with; None takes it as it is. The converter recognises patterns such as GELU in a model that it gets as it is,
# so less is rewritten where less has to be, and erf becomes polynomials only where it stands in the way.
_Step: TypeAlias = "Mapping[str, lower.Rule] | None"
_ERF = {"Erf", "Erfc"}


def convert(exportable: Exportable, out: Path, options: Mapping[str, Any]) -> dict[str, Any]:
    """Write `out`; see `tf2kit.export.target.Convert`.

    Returns:
      "ops": op → how many; "notes": sentences; "quantize"; "texts": ``signature/input`` of texts that became bytes; "tried"
      and "layers": see `measure`.

    Raises:
      ExportError: the model cannot be converted as asked.
    """
    wanted = Options.of(options)
    with tempfile.TemporaryDirectory(prefix="tf2kit-tflite-") as scratch:
        info: dict[str, Any] = {"notes": [], "quantize": wanted.quantize}
        if wanted.quantize == AUTO:
            info["quantize"], tried = measure.smallest(exportable, options, Path(scratch))
            info["tried"] = [dataclasses.asdict(row) for row in tried]
            info["notes"] += measure.sentences(tried, info["quantize"])
        chosen = dataclasses.replace(wanted, quantize=info["quantize"])
        content, info["texts"], notes = _converted(exportable, chosen)
        info["notes"] += notes
        _check_ops(content, wanted, info)
        if wanted.layers and chosen.quantize in CALIBRATED:
            out.write_bytes(content)
            info["layers"] = measure.worst_layers(exportable, options, out, wanted.layers, Path(scratch))
            info["notes"] += [_layer(row) for row in info["layers"]]
    info["notes"] += [f"Input {place} {texts.NOTE}." for place in info["texts"]]
    content = metadata.written(content, exportable.main, wanted.metadata or {}, info["texts"])
    out.write_bytes(content)
    if wanted.c_array:
        info["notes"].append(f"As C++ source: {' and '.join(path.name for path in c_array.write(content, out))}.")
    return info


def _check_ops(content: bytes, wanted: Options, info: dict[str, Any]) -> None:
    """Select ops never come silently."""
    info["ops"], foreign = model_file.ops(content)
    if foreign and not wanted.select_ops:
        raise refusals.refused(foreign)
    if foreign:
        info["notes"].append(
            f"The file needs {', '.join(foreign)} of TensorFlow (select ops). LiteRT for Python has none of these, "
            "so nothing can be proven here."
        )


def _layer(row: Mapping[str, Any]) -> str:
    name, _, fused = row["name"].partition(";")
    more = f" and {fused.count(';') + 1} fused" if fused else ""
    cut = f", {row['cut']:.0%} of the values cut off" if row["cut"] > 0.01 else ""
    return f"Layer {row['op']} {name}{more}: off by {row['error']:.1%}{cut}."


def _converted(exportable: Exportable, wanted: Options) -> tuple[bytes, list[str], list[str]]:
    """The file's content, inputs that became bytes, and notes, of the first attempt that works."""
    missing: list[str] = []
    said: Exception = AssertionError()
    with tempfile.TemporaryDirectory(prefix="tf2kit-tflite-") as scratch:
        for number, (step, select_ops) in enumerate(_attempts(exportable, wanted)):
            if step is rules.WITH_ERF and not _ERF.intersection(missing):
                continue
            notes: list[str] = []
            source, encoded = exportable.saved_model, list[str]()
            try:
                if step is not None:
                    source = Path(scratch, str(number))
                    encoded = rebuild.rebuild(exportable.saved_model, list(exportable.signatures), source, step)
                content = converter.run(source, exportable, wanted, encoded, notes, select_ops)
                if step is not None or model_file.complete(content, list(exportable.signatures)):
                    return content, encoded, notes
            except ExportError:
                raise
            except Exception as error:  # the converter raises whatever it likes
                said, missing = error, refusals.lacking(error)
                if not missing:
                    break
    raise refusals.refused(missing, said) from said


def _attempts(exportable: Exportable, wanted: Options) -> list[tuple[_Step, bool]]:
    """What is built before converting, and whether ops of TensorFlow may stay; that comes last, so that no more of them stay than have to.

    A model that changes variables is always rebuilt: only then they are where the converter looks for their values.
    """
    pure = all(signature.pure for signature in exportable.signatures.values())
    steps: list[_Step] = [None, rules.RULES, rules.WITH_ERF] if pure else [rules.RULES, rules.WITH_ERF]
    return [*((step, False) for step in steps), *([(steps[0], True)] if wanted.select_ops else [])]
