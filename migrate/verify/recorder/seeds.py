"""The same random numbers on both sides: an operation's seed is its number among the random operations, not among all operations.

TensorFlow derives the seed of an operation from the number of operations before it, and every version makes another number of them.
"""

from __future__ import annotations

import itertools
import random
from typing import Any

import numpy as np

from .frames import own_place
from .imports import Watcher

_FIRST = 1000  # away from the small numbers that people give themselves
_ATTRIBUTE = "_tf2kit_random_operations"


def install(watcher: Watcher) -> None:
    """Seed Python and NumPy, and replace TensorFlow's rule."""
    random.seed(0)
    np.random.seed(0)
    random.Random = _numbered(random.Random)  # type: ignore[misc]
    watcher.after("tensorflow.python.framework.random_seed", _replace)
    watcher.after("tensorflow.python.data.experimental.ops.optimization_options", _no_fusion)


def _numbered(cls: Any) -> Any:
    """Generators that the program makes without a seed get their number in place of something from the operating system."""
    numbers = itertools.count(1)

    class Random(cls):  # type: ignore[misc]
        def __init__(self, x: Any = None) -> None:
            if x is None and own_place(("ours",))[1] == "own":
                x = next(numbers)
            super().__init__(x)

    return Random


def _replace(module: Any) -> None:
    with_operation_seed = module.get_seed

    def get_seed(op_seed: int | None) -> tuple[int | None, int | None]:
        graph = _root(module)
        number = getattr(graph, _ATTRIBUTE, 0) + 1
        setattr(graph, _ATTRIBUTE, number)
        if op_seed is not None:
            seeds: tuple[int | None, int | None] = with_operation_seed(op_seed)
            return seeds
        seed = module.context.global_seed() if module.context.executing_eagerly() else graph.seed
        return (seed if seed is not None else module.DEFAULT_GRAPH_SEED), _FIRST + number

    module.get_seed = get_seed


def _root(module: Any) -> Any:
    """The graph that the current one is a function of; without one TensorFlow's default graph stands for eager code."""
    graph = module.ops.get_default_graph()
    while getattr(graph, "outer_graph", None) is not None:
        graph = graph.outer_graph
    return graph


def _no_fusion(module: Any) -> None:
    """TensorFlow 1.15 makes one operation of shuffle and repeat, which draws another order from the same seeds."""
    optimizations = getattr(module.OptimizationOptions, "_static_optimizations", None)
    if optimizations is not None:
        module.OptimizationOptions._static_optimizations = lambda self: [
            name for name in optimizations(self) if name != "shuffle_and_repeat_fusion"
        ]
