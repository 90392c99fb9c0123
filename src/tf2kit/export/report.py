"""What an export reports, as JSON and as text."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .parity import OutputError

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Row:
    """One signature in one runtime.

    Attributes:
      load: seconds until it could be called, or None.
      latency: threads → median seconds of a call with one sample.
    """

    signature: str
    runtime: str
    errors: tuple[OutputError, ...]
    load: float | None = None
    latency: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """What became of a model.

    Attributes:
      model: what the user named.
      kind: what that was.
      target: name of the target.
      artefact: where it is now.
      proven: whether it was run, and every output lies within the tolerance.
      why: why it is not proven; empty where it is.
      tolerance: what was allowed.
      samples: what it was compared on.
      size: bytes of the artefact.
      seconds: of the conversion alone.
      original_latency: median seconds of a call of the original with one sample; None where it was not timed.
      rows: what was compared.
      info: what the converter says: notes, ops and the like.
    """

    model: str
    kind: str
    target: str
    artefact: str
    proven: bool
    why: str
    tolerance: float
    samples: str
    size: int
    seconds: float
    original_latency: float | None = None
    rows: tuple[Row, ...] = ()
    info: Mapping[str, Any] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """0 when it is proven, or when nobody asked; else 1."""
        return 0 if self.proven or not self.rows else 1

    def to_json(self) -> dict[str, Any]:
        """As JSON data; infinite errors are the text "inf", since JSON has no such number."""
        data: dict[str, Any] = _plain({"schema_version": SCHEMA_VERSION, **dataclasses.asdict(self)})
        return data

    def to_text(self) -> str:
        """For people."""
        verdict = "proven" if self.proven else f"NOT proven: {self.why}"
        lines = [f"{self.model} ({self.kind}) → {self.artefact}: {verdict}"]
        several = len({row.signature for row in self.rows}) > 1
        for row in self.rows:
            place = f"{row.signature}, {row.runtime}" if several else row.runtime
            lines += [f"  {place:<12}  {_error(error, self.tolerance)}" for error in row.errors]
            lines += [f"  {place:<12}  {said}" for said in [_times(row)] if said]
        compared = f"; compared on {self.samples}" if self.rows else ""
        lines.append(f"  {_bytes(self.size)}, converted in {self.seconds:.1f} s{compared}")
        if self.original_latency is not None:
            lines.append(f"  For comparison, a call of the {self.kind} takes {_seconds(self.original_latency)}")
        lines += [f"  Note: {note}" for note in self.info.get("notes", [])]
        return "\n".join(lines) + "\n"


def _error(error: OutputError, tolerance: float) -> str:
    if error.note:
        return f"{error.name}: {error.note}"
    mark = "" if error.max_rel <= tolerance else "  ← too much"
    top = "" if error.top1 is None else f"; {100 * error.top1:.0f} % same top class"
    return f"{error.name}: error at most {error.max_rel:.1e}, mean {error.mean_abs:.1e} (allowed {tolerance:.1e}){top}{mark}"


def _times(row: Row) -> str:
    calls = ", ".join(f"{_seconds(s)} on {n} thread{'s' * (n > 1)}" for n, s in sorted(row.latency.items()))
    load = "" if row.load is None else f"loads in {_seconds(row.load)}"
    return "; ".join(filter(None, [load, calls and f"a call takes {calls}"]))


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value >= 1 else f"{value * 1e3:.3g} ms" if value >= 1e-3 else f"{value * 1e6:.3g} µs"


def _bytes(size: int) -> str:
    return f"{size / 1e6:.2f} MB" if size >= 1e6 else f"{size / 1e3:.1f} kB"


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value
