"""Recorded values, and where found ones differ from them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

RECORDED = Path(__file__).parent / "recorded"


def load(name: str) -> Any:
    """The recording ``recorded/<name>.json``."""
    return json.loads((RECORDED / f"{name}.json").read_text())


def differences(expected: Any, found: Any, path: str = "") -> Iterator[str]:
    """Numbers may differ by the noise of float32 sums: 1e-4 of themselves plus 1e-5."""
    if isinstance(expected, dict) and isinstance(found, dict) and expected.keys() == found.keys():
        for key in expected:
            yield from differences(expected[key], found[key], f"{path}/{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for i, (e, f) in enumerate(zip(expected, found, strict=True)):
            yield from differences(e, f, f"{path}/{i}")
    elif isinstance(expected, float) and isinstance(found, float):
        if not math.isclose(expected, found, rel_tol=1e-4, abs_tol=1e-5):
            yield f"{path}: {expected} became {found}"
    elif expected != found:
        yield f"{path}: {expected} became {found}"
