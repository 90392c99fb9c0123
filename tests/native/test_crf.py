"""Conditional random fields give the numbers and gradients of TensorFlow 1.15."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from tf2kit.migrate.native import crf

from . import crf_cases as cases

RECORDED = json.loads(Path(__file__).with_name("recorded_crf.json").read_text())


@pytest.mark.parametrize("traced", [False, True], ids=["eagerly", "in a function"])
@pytest.mark.parametrize("lengths", cases.LENGTHS)
@pytest.mark.slow
def test_numbers_are_those_of_tensorflow_1(lengths: str, traced: bool) -> None:
    import tensorflow as tf

    scope: dict[str, Any] = {"tf": tf}
    for source in crf.SOURCES.values():
        exec(source, scope)
    functions = SimpleNamespace(**{name: scope[name] for name in crf.SOURCES})
    time, scores, tags, transitions, n = cases.numbers(lengths)
    shape = len(n), time, cases.TAGS
    x = tf.constant(np.reshape(scores, shape), tf.float32)
    t = tf.constant(np.reshape(transitions, (cases.TAGS, cases.TAGS)), tf.float32)
    y = tf.constant(np.reshape(tags, shape[:2]), tf.int32)

    def compute() -> list[Any]:
        with tf.GradientTape() as tape:
            tape.watch([x, t])
            likelihood = functions.crf_log_likelihood(x, y, tf.constant(n), t)
        gradients = tape.gradient(likelihood, [x, t], unconnected_gradients="zero")
        return [*cases.parts(x, y, t, tf.constant(n), likelihood, functions), *gradients]

    found = tf.function(compute)() if traced else compute()
    expected = RECORDED[lengths]
    assert len(found) + 2 == len(expected)
    for part, numbers in zip([*found, *functions.viterbi_decode(x[0].numpy(), t.numpy())], expected, strict=True):
        np.testing.assert_allclose(np.ravel(part), numbers, rtol=1e-4, atol=2e-5)
