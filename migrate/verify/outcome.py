"""Puts what was found into a `model.Comparison`: the verdict on everything, and the sentence that says what it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from ..report.model import count
from .items import Item
from .judge import Judgement, Noise
from .lab import Lab
from .model import Comparison, Curve, Divergence, Evidence, Place, PrintedLine, Step, Verdict, Weight
from .recording import SHUFFLES, Recording

STEPS = 10_000  # steps that are reported
LINES = 100  # printed lines that agree and are reported all the same
CURVE = 3  # values from which a scalar is a curve


def failure(old: Recording, new: Recording) -> str:
    """Why two runs cannot be compared at all, or an empty string."""
    both = old.ended == new.ended == "failed" and old.exit_code == new.exit_code
    if both and not old.crashed and not new.crashed:
        return ""  # the program's own way to end
    for side, run in (("old", old), ("new", new)):
        if run.ended == "failed":
            return f"the {side} program ended with exit code {run.exit_code} on {run.runtime}:\n{run.errors}"
    for side, run in (("old", old), ("new", new)):
        if run.ended == "timeout" and not run.numeric:
            return f"the {side} program was stopped by the timeout before it returned a number"
    return ""


def failed(lab: Lab, old: Recording, new: Recording, reason: str) -> Comparison:
    """The outcome when a program did not run."""
    return Comparison(
        lab.old.shown,
        lab.new.shown,
        lab.arguments,
        reference(lab, old),
        Verdict.NOT_COMPARABLE,
        reason,
        lab.options.tolerance,
        warnings=tuple(_warnings(old, new)),
        runs=tuple(lab.runs),
    )


def reference(lab: Lab, old: Recording) -> str:
    """What the old numbers come from."""
    tensorflow = old.runtime.split(",")[0] or "TensorFlow"
    if lab.options.recorded is not None:
        return f"recorded on {tensorflow}"
    return f"{tensorflow} at {lab.options.legacy_python}" if lab.options.legacy_python else "tf2kit run"


def comparison(
    lab: Lab,
    old: Recording,
    new: Recording,
    found: Sequence[Item],
    judgement: Judgement,
    weights: Sequence[Weight],
    noise: Noise | None,
    notes: Sequence[str],
) -> Comparison:
    """The whole outcome for two programs that ran."""
    verdict, why = _verdict(judgement, weights)
    return Comparison(
        old=lab.old.shown,
        new=lab.new.shown,
        arguments=lab.arguments,
        reference=reference(lab, old),
        verdict=verdict,
        why=why,
        tolerance=lab.options.tolerance,
        evidence=judgement.evidence,
        largest_error=judgement.largest,
        divergence=_divergence(lab, judgement, weights, verdict),
        steps=tuple(_steps(lab, found, noise)),
        curves=tuple(_curves(lab, found)),
        initial=tuple(weights),
        final=tuple(_final(found, old, lab.options.tolerance)),
        printed=tuple(_printed(lab, found)),
        warnings=(*_warnings(old, new), *_shared(lab), *notes, *judgement.ignored, *_draws(weights)),
        runs=tuple(lab.runs),
    )


def _verdict(judgement: Judgement, weights: Sequence[Weight]) -> tuple[Verdict, str]:
    changed = [w for w in weights if w.same == "differs"]
    verdict = judgement.verdict
    if verdict is Verdict.DIVERGES and judgement.first is not None:
        return verdict, _parting(judgement.first, judgement.allowed)
    if verdict is Verdict.NOT_COMPARABLE:
        return verdict, _too_little(judgement.evidence)
    if changed:
        names = ", ".join(w.name for w in changed[:3]) + (f" and {len(changed) - 3} more" if len(changed) > 3 else "")
        return (
            Verdict.INITIALISERS,
            f"from the same initial weights it computes the same, but it starts {names} differently",
        )
    numbers = count(judgement.evidence.total, "number")
    if verdict is Verdict.IDENTICAL and any(w.same != "equal" or w.error for w in weights):
        verdict = Verdict.EQUAL
    if verdict is Verdict.IDENTICAL:
        return verdict, f"{numbers} compared, the same to the last bit"
    if verdict is Verdict.EQUAL:
        return verdict, f"{numbers} compared; the largest relative difference is {judgement.largest:.1e}"
    return (
        verdict,
        f"{numbers} compared; they agree as far as the old program agrees with itself after a change of 1e-6",
    )


def _parting(item: Item, allowed: float) -> str:
    where = f"call {item.step} ({item.tensor})" if item.what == "run" else f"{item.what}: {item.tensor}"
    if item.gap.old is None or item.gap.new is None:
        return f"{where}: {item.gap.detail or 'the values differ'}"
    detail = f"; {item.gap.detail}" if item.gap.detail else ""
    return f"{where} was {item.gap.old:.9g} and is {item.gap.new:.9g} (difference {item.gap.error:.1e}, allowed {allowed:.1e}){detail}"


def _too_little(evidence: Evidence) -> str:
    if not evidence.total:
        return "no number was computed that both programs have; let them print or fetch what they compute"
    if evidence.total == evidence.printed:
        return f"only {count(evidence.total, 'printed number')} could be compared, which proves nothing"
    return "the old program does not reproduce its own numbers after a change of 1e-6; compare fewer steps (--steps)"


def _divergence(lab: Lab, judgement: Judgement, weights: Sequence[Weight], verdict: Verdict) -> Divergence | None:
    item = judgement.first
    if item is not None:
        gap = item.gap
        places = (lab.place("old", item.old_at), lab.place("new", item.new_at))
        return Divergence(
            item.step,
            item.what,
            item.tensor,
            gap.index,
            gap.old,
            gap.new,
            gap.error,
            judgement.allowed,
            *places,
            gap.detail,
        )
    if verdict is Verdict.INITIALISERS:
        weight = next(w for w in weights if w.same == "differs")
        detail = "before training, from the same seeds"
        error = weight.error or 0.0
        return Divergence(0, "initial weights", weight.name, None, None, None, error, 1e-5, detail=detail)
    return None


def _steps(lab: Lab, found: Sequence[Item], noise: Noise | None) -> list[Step]:
    steps: dict[int, Step] = {}
    places: dict[object, tuple[Place | None, Place | None]] = {}
    for item in found:
        if item.what != "run" or item.step > STEPS:
            continue
        key = (item.old_at, item.new_at)
        if key not in places:
            places[key] = (lab.place("old", item.old_at), lab.place("new", item.new_at))
        before = steps.get(item.step)
        count, error = (before.values, before.error) if before else (0, 0.0)
        own = noise.at(item) if noise else None
        steps[item.step] = Step(
            item.step, item.kind, count + item.count, max(error, item.gap.error), own, item.trains, *places[key]
        )
    return list(steps.values())


def _curves(lab: Lab, found: Sequence[Item]) -> list[Curve]:
    """Scalars that one line returned several times."""
    rows: dict[tuple[object, str], list[Item]] = {}
    for item in found:
        if item.what == "run" and item.count == 1 and item.gap.old is not None and item.gap.new is not None:
            rows.setdefault((item.old_at, item.tensor), []).append(item)
    return [
        Curve(
            tensor,
            tuple(item.step for item in line),
            tuple(float(item.gap.old or 0.0) for item in line),
            tuple(float(item.gap.new or 0.0) for item in line),
            lab.place("old", line[0].old_at),
        )
        for (_, tensor), line in rows.items()
        if len(line) >= CURVE
    ]


def _final(found: Sequence[Item], old: Recording, tolerance: float) -> list[Weight]:
    variables = {(v.name, v.role): v.value for v in old.final}
    rows = []
    for item in found:
        if item.what in ("weights", "optimizer state"):
            role = "optimizer" if item.what == "optimizer state" else "weight"
            value = variables.get((item.tensor, role)) or variables[(item.tensor, "state")]
            facts = (tuple(value.shape), value.dtype.name, role)
            same = "equal" if item.gap.error <= tolerance else "differs"
            rows.append(Weight(item.tensor, item.tensor, *facts, "name", same, item.gap.error))
    return rows


def _printed(lab: Lab, found: Sequence[Item]) -> list[PrintedLine]:
    rows = [item for item in found if item.what == "printed"]
    equal = [id(item) for item in rows if not item.gap.error][:LINES]
    return [
        PrintedLine(
            item.old_text,
            item.new_text,
            item.gap.error,
            item.ignored,
            lab.place("old", item.old_at),
            lab.place("new", item.new_at),
        )
        for item in rows
        if item.gap.error or id(item) in equal
    ]


def _warnings(old: Recording, new: Recording) -> list[str]:
    found = []
    for side, run in (("old", old), ("new", new)):
        found += [f"{side} program: {text}" for text in dict.fromkeys(run.warnings)]
        if run.ended == "capped":
            found.append(f"the {side} program was ended after {run.steps} steps")
        if run.ended == "timeout":
            found.append(f"the {side} program was stopped by the timeout after {run.steps} steps")
    if old.complete and new.complete and old.steps != new.steps:
        found.append(f"the old program makes {old.steps} calls that change variables, the new one {new.steps}")
    fixed = {op for run in (old, new) for op, _, is_fixed in run.randoms if is_fixed}
    if fixed & SHUFFLES:
        found.append("data that is shuffled stayed in order on both sides")
    if replaced := sorted(fixed - SHUFFLES):
        found.append(f"random operations were replaced by fixed numbers on both sides: {', '.join(replaced)}")
    return found


def _shared(lab: Lab) -> list[str]:
    if not lab.apart:
        return []
    return ["the programs name folders outside their own, such as /tmp/, and may have seen each other's files there"]


def _draws(weights: Sequence[Weight]) -> list[str]:
    other = [w for w in weights if w.same == "other draw"]
    missing = [w.name for w in weights if w.same == "missing" and w.role == "weight"]
    found = []
    if other:
        found.append(
            f"{len(other)} initial weights are another draw of the same distribution; the old ones were taken over"
        )
    if missing:
        found.append(f"initial weights without counterpart: {', '.join(missing[:5])}")
    return found
