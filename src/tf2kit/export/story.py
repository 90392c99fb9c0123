"""The story of an export: load → convert → run → compare → put in place.

Each step that touches the model runs in a child process. What is written lies in a folder beside its place until it is known whether it is
proven; then it is moved there under a name that says so. Whatever fails on the way, no part of an artefact is left.
"""

from __future__ import annotations

import dataclasses
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import child, parity
from .child import Message
from .entry import unnamed
from .errors import NO_SPACE, ExportError, disk_full
from .report import Report, Row
from .samples import COUNT
from .signatures import Exportable
from .sources import Request
from .target import Target

UNPROVEN = "unproven"


@dataclass(frozen=True)
class Proof:
    """How an artefact is proven.

    Attributes:
      check: False leaves it unproven.
      tolerance: what is allowed, |a-b| <= tolerance * max(1, |a|); None for what the target or its options say.
      samples: an .npz file with an array for each input; None to draw `count` samples from the signature with `seed`.
      repeats: calls that are timed; 0 for none.
      timeout: seconds for each child process.
    """

    check: bool = True
    tolerance: float | None = None
    samples: Path | None = None
    count: int = COUNT
    seed: int = 0
    repeats: int = 30
    timeout: float = child.SECONDS


def export(
    target: Target,
    request: Request,
    output: Path,
    options: Mapping[str, Any] | None = None,
    proof: Proof | None = None,
) -> Report:
    """Write `output`, or `output` with ``.unproven`` in its name, and a report beside it.

    Raises:
      ExportError: the model cannot be exported; nothing was written.
    """
    options, proof = options or {}, proof or Proof()
    target.needs(proof.check)
    _writable(output, target)
    try:
        return _export(target, request, output, options, proof)
    except (ExportError, OSError) as error:
        if NO_SPACE in str(error):
            raise disk_full(str(output)) from error
        if isinstance(error, OSError):
            raise ExportError(f"{output} could not be written: {error.strerror or error}.", usage=True) from error
        raise


def _export(target: Target, request: Request, output: Path, options: Mapping[str, Any], proof: Proof) -> Report:
    with tempfile.TemporaryDirectory(prefix=f".{output.name}.", dir=output.parent) as name:
        work, made = Path(name), Path(name) / "made"
        made.mkdir()
        answer = _made(target, request, options, work, made / output.name, proof)
        exportable = _supported(Exportable.from_json(answer.data["exportable"]), target)
        rows = _rows(target, exportable, made / output.name, options, answer, proof)
        report = _report(target, request, exportable, options, made / output.name, answer.data, rows, proof)
        return _put(report, made, output)


def _writable(output: Path, target: Target) -> None:
    if not output.parent.is_dir():
        raise ExportError(
            f"There is no folder {output.parent} to write {output.name} into.", todo="Create it first.", usage=True
        )
    if target.suffix and output.suffix != target.suffix:
        raise ExportError(f"{target.title} files are called …{target.suffix}, not {output.name}.", usage=True)
    if target.suffix and output.is_dir():
        raise ExportError(f"{output} is a folder.", usage=True)
    if not target.suffix and output.exists() and not _replaceable(output):
        message = f"{output} is there already and was not written by tf2kit export."
        raise ExportError(message, todo="Give another --output, or remove it.", usage=True)


def _replaceable(folder: Path) -> bool:
    """Whether a folder is empty or was written by an export."""
    return folder.is_dir() and ((folder / "parity.json").is_file() or not any(folder.iterdir()))


def _made(target: Target, request: Request, options: Mapping[str, Any], work: Path, out: Path, proof: Proof) -> Message:
    """What the original answers, and the artefact."""
    data = {
        "function": target.convert,
        "out": str(out),
        "several": target.several,
        "request": dataclasses.asdict(request),
        "workdir": str(work),
        "check": proof.check,
        "sampler": target.sampler,
        "options": dict(options),
        "samples": None if proof.samples is None else str(proof.samples),
        "count": proof.count,
        "seed": proof.seed,
        "repeats": proof.repeats,
    }
    return child.call("tf2kit.export.entry:make", Message(data), proof.timeout)


def _supported(exportable: Exportable, target: Target) -> Exportable:
    """The signatures that fit into one artefact."""
    if target.several or len(exportable.signatures) == 1:
        return exportable
    names = ", ".join(exportable.signatures)
    message = (
        f"{exportable.origin} has {len(exportable.signatures)} signatures ({names}); a {target.title} model holds one."
    )
    raise ExportError(message, todo="Choose one with --signature.", usage=True)


def _rows(
    target: Target, exportable: Exportable, artefact: Path, options: Mapping[str, Any], prepared: Message, proof: Proof
) -> list[Row]:
    """Each signature in each runtime."""
    if not proof.check:
        return []
    rows = []
    for signature in exportable.signatures.values():
        given, expected = (unnamed(signature.name, way, prepared.arrays) for way in ("in", "out"))
        if not expected:
            continue
        for runtime, function in target.runs.items():
            data = {
                "function": function,
                "exportable": exportable.to_json(),
                "signature": signature.name,
                "artefact": str(artefact),
                "repeats": proof.repeats,
                "options": dict(options),
            }
            ran = child.call("tf2kit.export.entry:run", Message(data, given), proof.timeout)
            latency = {int(threads): seconds for threads, seconds in ran.data["latency"].items()}
            errors = tuple(parity.compare(expected, ran.arrays))
            rows.append(Row(signature.name, runtime, errors, ran.data["load"], latency))
    return rows


def _report(
    target: Target,
    request: Request,
    exportable: Exportable,
    options: Mapping[str, Any],
    artefact: Path,
    answer: Mapping[str, Any],
    rows: list[Row],
    proof: Proof,
) -> Report:
    tolerance = proof.tolerance or answer["info"].get("tolerance") or target.tolerance(options)
    errors = [error for row in rows for error in row.errors]
    proven = parity.within(errors, tolerance)
    why = ""
    if not proof.check:
        why = "it was not run (--no-check)"
    elif not rows:
        why = "every signature changes variables or files, so that there is nothing to compare"
    elif not proven:
        worst = max(errors, key=lambda error: error.max_rel)
        why = f"{worst.name}: {worst.note or f'error {worst.max_rel:.1e} is above {tolerance:.1e}'}"
    return Report(
        request.model, exportable.kind, target.name, str(artefact), proven, why, tolerance, answer["samples"],
        _size(artefact), answer["seconds"], answer["latency"], tuple(rows), answer["info"],
    )  # fmt: skip


def _size(path: Path) -> int:
    return sum(p.stat().st_size for p in path.rglob("*") if p.is_file()) if path.is_dir() else path.stat().st_size


def _put(report: Report, made: Path, output: Path) -> Report:
    """Move what was made to its place; what an earlier export left under the other name goes, since it is out of date."""
    names = {path.name: path.name if report.proven else _unproven(path.name, output) for path in made.iterdir()}
    place = output.with_name(names[output.name])
    report = dataclasses.replace(report, artefact=str(place))
    text = json.dumps(report.to_json(), indent=2) + "\n"
    inside = (made / output.name).is_dir()
    beside = f"{place.name}.parity.json"
    ((made / output.name / "parity.json") if inside else (made / beside)).write_text(text)
    for old, new in [*names.items(), *([] if inside else [(beside, beside)])]:
        _move(made / old, output.with_name(new))
    if report.proven:
        _remove(output.with_name(_unproven(output.name, output)))
        _remove(output.with_name(f"{_unproven(output.name, output)}.parity.json"))
    return report


def _unproven(name: str, output: Path) -> str:
    """``digits.tflite`` → ``digits.unproven.tflite``, and the same for files that belong to it."""
    start = output.stem if output.suffix else output.name
    return f"{start}.{UNPROVEN}{name.removeprefix(start)}" if name.startswith(start) else f"{UNPROVEN}.{name}"


def _move(made: Path, place: Path) -> None:
    """Replace a file, or a folder that an earlier export wrote."""
    if made.is_dir() and place.exists():
        old = made.with_name("old")
        place.rename(old)
    made.rename(place) if made.is_dir() else made.replace(place)


def _remove(place: Path) -> None:
    shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
