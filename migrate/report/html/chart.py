"""The curves of a scalar in the old and the new program, drawn on top of each other as SVG, and their difference below."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from ...verify.model import Curve

WIDTH, LEFT, RIGHT = 640, 72, 12
TOP, HEIGHT = 22, 168  # of the curves
BELOW, SMALL = 222, 64  # of their difference
POINTS = 400  # drawn at most; of longer curves evenly spaced ones and the one that differs most


def draw(curve: Curve, key: str) -> Markup:
    """An SVG image with a title and a description for screen readers; ``key`` is unique on the page."""
    keep = _kept(curve)
    steps = [curve.steps[i] for i in keep]
    old, new = [curve.old[i] for i in keep], [curve.new[i] for i in keep]
    apart = [abs(a - b) for a, b in zip(old, new, strict=True)]
    parts = [
        *_frame(_range([*old, *new]), TOP, HEIGHT, "value"),
        _line(steps, old, _range([*old, *new]), TOP, HEIGHT, "old"),
        _line(steps, new, _range([*old, *new]), TOP, HEIGHT, "new"),
        *_frame(_range([0.0, *apart]), BELOW, SMALL, "difference"),
        _line(steps, apart, _range([0.0, *apart]), BELOW, SMALL, "apart"),
        *_step_labels(steps),
    ]
    head = Markup(
        '<svg viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d"><title id="{}-t">{} by step</title><desc id="{}-d">{}</desc>'
    ).format(WIDTH, BELOW + SMALL + 34, key, key, key, curve.name, key, _words(curve))
    return head + Markup("".join(parts)) + Markup("</svg>")


def _kept(curve: Curve) -> list[int]:
    """Indices of the points that are drawn."""
    n = len(curve.steps)
    if n <= POINTS:
        return list(range(n))
    spread = {round(i * (n - 1) / (POINTS - 1)) for i in range(POINTS)}
    gaps = [abs(a - b) for a, b in zip(curve.old, curve.new, strict=True)]
    return sorted(spread | {max(range(n), key=lambda i: gaps[i] if math.isfinite(gaps[i]) else 0.0)})


def _range(values: Sequence[float]) -> tuple[float, float]:
    """Lowest and highest finite value, apart from each other."""
    finite = [v for v in values if math.isfinite(v)] or [0.0]
    low, high = min(finite), max(finite)
    return (low, high) if high > low else (low, low + (abs(low) or 1.0))


def _line(
    steps: Sequence[int], values: Sequence[float], span: tuple[float, float], top: int, height: int, kind: str
) -> str:
    """A path that is broken where a value is not finite; a single point becomes a dot."""
    path, pen_down = "", False
    for step, value in zip(steps, values, strict=True):
        if not math.isfinite(value):
            pen_down = False
            continue
        path += f"{'L' if pen_down else 'M'}{_x(step, steps):.1f} {_y(value, span, top, height):.1f}"
        path += "" if pen_down else "h0.01"  # a lone point is seen too: caps are round
        pen_down = True
    return f'<path class="{kind}" d="{path}"/>'


def _frame(span: tuple[float, float], top: int, height: int, name: str) -> Iterator[str]:
    """Axis, its lowest and highest value, and its name."""
    bottom = top + height
    yield f'<path class="axis" d="M{LEFT} {top}V{bottom}H{WIDTH - RIGHT}"/>'
    for value, y in ((span[1], top + 8), (span[0], bottom)):
        yield f'<text x="{LEFT - 6}" y="{y}" text-anchor="end">{value:.4g}</text>'
    yield f'<text x="{LEFT}" y="{top - 6}">{name}</text>'


def _step_labels(steps: Sequence[int]) -> Iterator[str]:
    y = BELOW + SMALL + 18
    yield f'<text x="{LEFT}" y="{y}">step {steps[0]}</text>'
    if len(steps) > 1:
        yield f'<text x="{WIDTH - RIGHT}" y="{y}" text-anchor="end">step {steps[-1]}</text>'


def _x(step: int, steps: Sequence[int]) -> float:
    return LEFT + (WIDTH - RIGHT - LEFT) * (step - steps[0]) / max(steps[-1] - steps[0], 1)


def _y(value: float, span: tuple[float, float], top: int, height: int) -> float:
    return top + height * (span[1] - value) / (span[1] - span[0])


def _words(curve: Curve) -> str:
    gaps = [abs(a - b) for a, b in zip(curve.old, curve.new, strict=True)]
    return (
        f"Old program: from {curve.old[0]:.6g} to {curve.old[-1]:.6g} over {len(curve.steps)} steps. "
        f"New program: from {curve.new[0]:.6g} to {curve.new[-1]:.6g}. Largest difference {max(gaps):.3g}."
    )
