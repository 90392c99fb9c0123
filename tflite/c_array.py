"""A model as C++ source, for microcontrollers that have no files."""

from __future__ import annotations

import re
from pathlib import Path

_PER_LINE = 12
# the least that TensorFlow Lite Micro asks of a model's address
_ALIGNMENT = 16


def write(content: bytes, model: Path) -> tuple[Path, Path]:
    """Write ``model.cc`` and ``model.h`` beside `model`; returns their paths."""
    name = identifier(model.stem)
    source, header = model.with_suffix(".cc"), model.with_suffix(".h")
    source.write_text(_source(content, name, header.name), encoding="ascii")
    header.write_text(_header(content, name), encoding="ascii")
    return source, header


def identifier(stem: str) -> str:
    """A name of C++ after the file's: ``g_digits_model``."""
    return f"g_{re.sub(r'[^0-9A-Za-z]+', '_', stem).strip('_').lower() or 'model'}_model"


def _source(content: bytes, name: str, header: str) -> str:
    rows = (content[i : i + _PER_LINE] for i in range(0, len(content), _PER_LINE))
    lines = "\n".join("    " + " ".join(f"0x{byte:02x}," for byte in row) for row in rows)
    return (
        f'#include "{header}"\n\n'
        f"alignas({_ALIGNMENT}) const unsigned char {name}[] = {{\n{lines}\n}};\n"
        f"const unsigned int {name}_len = {len(content)};\n"
    )


def _header(content: bytes, name: str) -> str:
    guard = f"{name.upper()}_H_"
    return (
        f"// A TensorFlow Lite model of {len(content)} bytes: tflite::GetModel({name})\n"
        f"#ifndef {guard}\n#define {guard}\n\n"
        f"extern const unsigned char {name}[];\nextern const unsigned int {name}_len;\n\n#endif  // {guard}\n"
    )
