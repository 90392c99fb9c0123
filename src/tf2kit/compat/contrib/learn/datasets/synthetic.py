"""Points on circles and spirals.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/datasets/synthetic.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .base import Dataset

Array = np.ndarray[Any, Any]


def circles(
    n_samples: int = 100,
    noise: float | None = None,
    seed: int | None = None,
    factor: float = 0.8,
    n_classes: int = 2,
    *_: Any,
    **__: Any,
) -> Dataset:
    """Points ``[n, 2]`` on one circle for each class, each ``factor`` as wide as the one before."""
    if seed is not None:
        np.random.seed(seed)
    angles = np.linspace(0, 2 * np.pi, n_samples // n_classes)
    x, y = np.cos(angles), np.sin(angles)
    # scaled step by step: 1.15's rounding
    rings = [(x, y)]
    for _label in range(1, n_classes):
        rings.append((rings[-1][0] * factor, rings[-1][1] * factor))
    extras = n_samples % n_classes
    rings.append((np.cos(np.random.rand(extras) * 2 * np.pi), np.sin(np.random.rand(extras) * 2 * np.pi)))
    labels = np.repeat(np.arange(n_classes), n_samples // n_classes)
    return _shuffled(rings, np.append(labels, np.zeros(extras)), noise)


def spirals(
    n_samples: int = 100,
    noise: float | None = None,
    seed: int | None = None,
    mode: str = "archimedes",
    n_loops: int = 2,
    *args: Any,
    **kwargs: Any,
) -> Dataset:
    """Points ``[n, 2]`` on two spirals; ``mode`` is archimedes, bernoulli or fermat, ValueError for another."""
    if mode is None or mode not in _RADII:
        raise ValueError(f"Cannot generate spiral with mode {mode}")
    if seed is not None:
        np.random.seed(seed)
    angles = np.linspace(0, 2 * n_loops * np.pi, n_samples // 2)
    arms = [_spiral(mode, angles, label * np.pi, *args, **kwargs) for label in range(2)]
    extras = n_samples % 2
    if extras:
        arms.append(_spiral(mode, np.random.rand(extras) * 2 * np.pi, *args, **kwargs))
    labels = np.repeat(np.arange(2), n_samples // 2)
    return _shuffled(arms, np.append(labels, np.zeros(extras)), noise)


_RADII: dict[str, Callable[[Any, float], Any]] = {
    "archimedes": lambda theta, _: theta,
    "bernoulli": lambda theta, exp_scale: np.exp(exp_scale * theta),
    "fermat": lambda theta, _: np.sqrt(theta),
}


def _spiral(
    mode: str, theta: Array, theta_offset: float = 0.0, *_: Any, exp_scale: float = 0.1, **__: Any
) -> tuple[Array, Array]:
    radius = _RADII[mode](theta, exp_scale)
    x, y = radius * np.cos(theta + theta_offset), radius * np.sin(theta + theta_offset)
    return x / np.max(np.abs(x)), y / np.max(np.abs(y))


def _shuffled(parts: list[tuple[Array, Array]], labels: Array, noise: float | None) -> Dataset:
    points = np.vstack([np.concatenate(axis) for axis in zip(*parts, strict=True)]).T
    order = np.random.permutation(range(len(points)))
    if noise is not None:
        points += np.random.normal(scale=noise, size=points.shape)
    return Dataset(data=points[order], target=labels[order].astype(np.int32))
