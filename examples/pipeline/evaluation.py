"""Evaluator: a model against fixed demands and against the one that is served, overall and slice by slice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

LEAST = 0.85  # accuracy below which no model is served
WORSE = 0.005  # how much accuracy a new model may lose overall
WORSE_IN_A_SLICE = 0.10


@dataclass(frozen=True)
class Evaluation:
    """Accuracy by slice; "all" is everything."""

    accuracy: Mapping[str, float]


def evaluate(probabilities: np.ndarray, images: np.ndarray, labels: np.ndarray) -> Evaluation:
    """Accuracy overall, of each digit, and of thin, medium and bold writing.

    Args:
      probabilities: [N, 10].
      images: [N, 64].
      labels: [N].

    A slice without examples is left out.
    """
    right = np.argmax(probabilities, axis=1) == labels
    ink = images.mean(axis=1)
    thin, bold = np.quantile(ink, [1 / 3, 2 / 3])
    slices = {"all": np.full(len(labels), True), **{f"digit {i}": labels == i for i in range(10)}}
    slices |= {"thin": ink < thin, "medium": (ink >= thin) & (ink < bold), "bold": ink >= bold}
    return Evaluation({name: float(right[rows].mean()) for name, rows in slices.items() if rows.any()})


def objections(new: Evaluation, served: Evaluation | None) -> list[str]:
    """Why a model is not blessed, a sentence each; none when it is."""
    found = []
    if new.accuracy["all"] < LEAST:
        found.append(f"accuracy is {new.accuracy['all']:.3f}; at least {LEAST} is asked")
    if served is None:
        return found
    for name, accuracy in new.accuracy.items():
        allowed = WORSE if name == "all" else WORSE_IN_A_SLICE
        if name in served.accuracy and accuracy < served.accuracy[name] - allowed:
            found.append(
                f"{name}: {accuracy:.3f}, the served model has {served.accuracy[name]:.3f}, it may lose {allowed}"
            )
    return found
