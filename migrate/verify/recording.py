"""What one run of a program computed, read from the folder that the recorder wrote or from a file made of several such folders.

The file (`.json.gz`) holds one object: ``schema_version`` 1, ``program``, ``arguments``, ``steps`` (the cap, 0 for none) and ``variants``:
"plain" and, where the program draws random numbers in TensorFlow and was also run with fixed ones, "neutralised". Each has ``seconds``,
``exit_code``, ``ended``, ``events`` (the lines that `recorder.recorder` describes; large arrays as sketches) and ``noise``, rows of an
item's key and error for each number that moves when the weights are moved by 1e-6 (`judge.Noise`).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .values import Value

SCHEMA_VERSION = 1
SHUFFLES = frozenset({"shuffle_queue", "shuffle_dataset"})
Where = tuple[str, int] | None


@dataclass(frozen=True, slots=True)
class Call:
    """A call that may have returned numbers; ``values`` by name in order."""

    kind: str
    at: Where
    trains: bool
    draws: bool
    names: tuple[str, ...]
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable's first or last value; for first ones the initialisation it belongs to, and what was injected."""

    name: str
    role: str
    value: Value
    group: int = 0
    got: str | None = None
    injected: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line with digits."""

    text: str
    at: Where


@dataclass(frozen=True, slots=True)
class Summary:
    """A scalar that was written for TensorBoard."""

    tag: str
    step: int
    value: float


@dataclass(slots=True)
class Recording:
    """One run.

    Attributes:
      seconds: of the process; exit_code: None when it was stopped; ended: "ended", "capped", "timeout" or "failed".
      randoms: (operation, where, replaced) of each random operation that was made.
      errors: the end of what it wrote to standard error; crashed: whether there is a traceback in it.
    """

    seconds: float = 0.0
    exit_code: int | None = 0
    ended: str = "ended"
    runtime: str = ""
    steps: int = 0
    errors: str = ""
    crashed: bool = False
    calls: list[Call] = field(default_factory=list)
    initial: list[Variable] = field(default_factory=list)
    final: list[Variable] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    summaries: list[Summary] = field(default_factory=list)
    randoms: list[tuple[str, Where, bool]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def shuffled(self) -> bool:
        """Whether queues shuffled its data; or, where rows stay in order, whatever would have."""
        return any(op in SHUFFLES for op, _, _ in self.randoms)

    @property
    def complete(self) -> bool:
        """Whether the program got to its end."""
        return self.ended == "ended"

    @property
    def numeric(self) -> list[Call]:
        """Calls that returned numbers."""
        return [call for call in self.calls if call.values]


def of_events(events: Sequence[Mapping[str, Any]], folder: Path | None, **facts: Any) -> Recording:
    """The recording that a list of events makes; large weights are read from ``folder`` when they are asked for."""
    found = Recording(**facts)
    for event in events:
        _add(found, event, folder)
    return found


def _add(to: Recording, event: Mapping[str, Any], folder: Path | None) -> None:
    kind = event["t"]
    if kind == "call":
        values = tuple(Value(row) for row in event["values"])
        where = _where(event["at"])
        to.calls.append(Call(event["kind"], where, event["trains"], event["draws"], tuple(event["names"]), values))
    elif kind in ("initial", "final"):
        value = Value(event["value"], folder)
        extra = (event.get("group", 0), event.get("got"), event.get("injected", False))
        getattr(to, kind).append(Variable(event["name"], event["role"], value, *extra))
    elif kind == "print":
        to.lines.append(Line(event["text"], _where(event["at"])))
    elif kind == "summary":
        to.summaries.append(Summary(event["tag"], event["step"], float(event["value"])))
    elif kind == "random":
        to.randoms.append((event["op"], _where(event["at"]), event["fixed"]))
    elif kind == "warn":
        to.warnings.append(event["text"])
    elif kind == "end":
        to.steps, to.runtime = event["steps"], event["runtime"]


def _where(at: Any) -> Where:
    return None if at is None else (at[0], at[1])


def events_of(folder: Path) -> list[dict[str, Any]]:
    """The events in a recorder's folder; a line that was cut off when the process was stopped is left out."""
    path = folder / "events.jsonl"
    lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
    return [json.loads(line) for line in lines]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recorded reference: its variants by name, as events and facts."""

    program: str
    arguments: tuple[str, ...]
    steps: int
    variants: Mapping[str, Mapping[str, Any]]

    def variant(self, neutral: bool) -> Mapping[str, Any] | None:
        """A recorded run; without random operations the neutralised one is the plain one. None when it was not made."""
        plain = self.variants["plain"]
        if not neutral or not any(event["t"] == "random" for event in plain["events"]):
            return plain
        return self.variants.get("neutralised")


def of_row(row: Mapping[str, Any]) -> Recording:
    """The recording of a variant in a file."""
    return of_events(row["events"], None, seconds=row["seconds"], exit_code=row["exit_code"], ended=row["ended"])


def write(path: Path, recorded: Recorded) -> None:
    """Write a recorded reference; the same content gives the same bytes."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "program": recorded.program,
        "arguments": list(recorded.arguments),
        "steps": recorded.steps,
        "variants": recorded.variants,
    }
    text = json.dumps(document, separators=(",", ":"), sort_keys=True).encode()
    path.write_bytes(gzip.compress(text, 9, mtime=0))


def read(path: Path) -> Recorded:
    """Read a recorded reference.

    Raises:
      ValueError: the file is not one.
      OSError: it cannot be read.
    """
    try:
        document = json.loads(gzip.decompress(path.read_bytes()))
        if document["schema_version"] != SCHEMA_VERSION:
            raise ValueError(f"it has schema version {document['schema_version']}, not {SCHEMA_VERSION}")
        return Recorded(document["program"], tuple(document["arguments"]), document["steps"], document["variants"])
    except (gzip.BadGzipFile, EOFError, KeyError, TypeError, UnicodeDecodeError, json.JSONDecodeError):
        raise ValueError("it is not a recording made by tf2kit verify --record") from None
