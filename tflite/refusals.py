"""Why a model cannot become a .tflite file: what TensorFlow's converter says in many lines, as a sentence that names the ops."""

from __future__ import annotations

import re

from tf2kit.export import ExportError


def lacking(error: Exception) -> list[str]:
    """Types of the ops that the converter cannot convert, or that could not be rebuilt."""
    if op := _lowered(error):
        return [op]
    message = str(error)
    listed = re.findall(r"^(?:TF Select|Custom|Flex) ops: (.+)$", message, re.MULTILINE)
    named = [op for line in listed for op in line.split(", ")]
    named += re.findall(r"'tf\.(\w+)' op (?:is neither|requires)", message)
    named += re.findall(r"failed to legalize operation 'tf\.(\w+)'", message)
    return sorted(set(named))


def refused(ops: list[str], said: Exception | None = None) -> ExportError:
    """The error for ops that stand in the way, or for whatever else the converter said."""
    if not ops:
        first = next((line for line in str(said).splitlines() if line.strip()), type(said).__name__)
        return ExportError(f"TensorFlow's converter gave up: {first[:500]}")
    message = str(said) if _lowered(said) else f"LiteRT has no kernel for {', '.join(ops)}."
    return ExportError(message, op=ops[0], todo=_todo(ops))


def _lowered(error: Exception | None) -> str:
    """The op that a `lower.LoweringError` is about; errors of TensorFlow have an ``op`` too, which is no text."""
    op = getattr(error, "op", "")
    return op if isinstance(op, str) else ""


def _todo(ops: list[str]) -> str:
    if any(op.startswith("TensorList") for op in ops):
        return "A recurrent layer over a length that is not known, or over more than 256 steps: give --batch 1, or fix the length."
    if any(op in ("SaveV2", "RestoreV2") for op in ops):
        return "Let the signatures give back and take the variables themselves, as tf2kit.tflite.training.save does."
    return "Write the model without them, or export with --select-ops for an application that links TensorFlow's ops."
