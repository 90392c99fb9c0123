"""From a SavedModel to a .tflite file; runs in a child process."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tf2kit.export import Exportable, ExportError

from . import c_array, converter, metadata, model_file, rebuild, rules, texts
from .options import Options

# What is tried: the model as it is, then without the ops that LiteRT lacks, then with erf as polynomials too. The converter recognises
# patterns such as GELU in a model that it gets as it is, so less is rewritten where less has to be.
_STEPS = (None, rules.RULES, rules.WITH_ERF)


def convert(exportable: Exportable, out: Path, options: Mapping[str, Any]) -> dict[str, Any]:
    """Write `out`; see `tf2kit.export.target.Convert`.

    Returns:
      "ops": op → how many; "notes": sentences; "quantize"; "tolerance"; "texts": ``signature/input`` of texts that became bytes.

    Raises:
      ExportError: the model cannot be converted as asked.
    """
    wanted = Options.of(options)
    content, encoded, notes = _converted(exportable, wanted)
    ops, foreign = model_file.ops(content)
    if foreign and not wanted.select_ops:
        raise _refused(foreign, "")
    if foreign:
        notes.append(
            f"The file needs {', '.join(foreign)} of TensorFlow (select ops). LiteRT for Python has none of these, "
            "so nothing can be proven here."
        )
    notes += [f"Input {place} {texts.NOTE}." for place in encoded]
    content = metadata.written(content, exportable.main, wanted.metadata or {}, encoded)
    out.write_bytes(content)
    if wanted.c_array:
        notes.append(f"As C++ source: {' and '.join(path.name for path in c_array.write(content, out))}.")
    return {"ops": ops, "notes": notes, "quantize": wanted.quantize, "tolerance": wanted.tolerance, "texts": encoded}


def _converted(exportable: Exportable, wanted: Options) -> tuple[bytes, list[str], list[str]]:
    """The file's content, inputs that became bytes, and notes, of the first step that works."""
    with tempfile.TemporaryDirectory(prefix="tf2kit-tflite-") as scratch:
        for number, step in enumerate(_STEPS):
            notes: list[str] = []
            source, encoded = exportable.saved_model, list[str]()
            if step is not None:
                source = Path(scratch, str(number))
                encoded = rebuild.rebuild(exportable.saved_model, list(exportable.signatures), source, step)
            try:
                return converter.run(source, exportable, wanted, encoded, notes), encoded, notes
            except ExportError:
                raise
            except Exception as error:  # the converter raises whatever it likes
                missing = lacking(str(error))
                if not missing or number == len(_STEPS) - 1:
                    raise _refused(missing, str(error)) from error
    raise AssertionError


def lacking(message: str) -> list[str]:
    """Types of the ops that the converter says it cannot convert."""
    listed = re.findall(r"^(?:TF Select|Custom|Flex) ops: (.+)$", message, re.MULTILINE)
    named = [op for line in listed for op in line.split(", ")]
    named += re.findall(r"'tf\.(\w+)' op (?:is neither|requires)", message)
    named += re.findall(r"failed to legalize operation 'tf\.(\w+)'", message)
    return sorted(set(named))


def _refused(ops: list[str], message: str) -> ExportError:
    if not ops:
        first = next((line for line in message.splitlines() if line.strip()), message)
        return ExportError(f"TensorFlow's converter gave up: {first[:500]}")
    todo = "Write the model without them, or export with --select-ops for an application that links TensorFlow's ops."
    if any(op.startswith("TensorList") for op in ops):
        todo = "A recurrent layer over a length that is not known, or over more than 256 steps: give --batch 1, or fix the length."
    if any(op in ("SaveV2", "RestoreV2") for op in ops):
        todo = "Let the signatures give back and take the variables themselves, as tf2kit.tflite.training.save does."
    return ExportError(f"LiteRT has no kernel for {', '.join(ops)}.", op=ops[0], todo=todo)
