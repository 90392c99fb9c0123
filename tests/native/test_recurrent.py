"""Cells and the functions that run them give the outputs, states and gradients of TensorFlow 1.15."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import numpy as np
import pytest
from tf2kit.migrate.native import calls, recurrent
from tf2kit.migrate.native.vocabulary import cells

from . import recurrent_cases as cases

RECORDED = json.loads(Path(__file__).with_name("recorded_recurrent.json").read_text())
ROWS = {**cells.CELLS, **cells.RUNS}


class Rewriter(ast.NodeTransformer):
    """Calls of TensorFlow 1 as they are written for TensorFlow 2."""

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        row = ROWS.get(ast.unparse(node.func))
        if row is None:
            return node
        if any(k.arg == "time_major" for k in node.keywords):
            row = cells.TIME_MAJOR
        return ast.parse(calls.rewrite(node, row, ast.unparse, lambda name: name), mode="eval").body


def rewritten(expression: str) -> str:
    return ast.unparse(Rewriter().visit(ast.parse(expression, mode="eval")))


@pytest.mark.parametrize("run", cases.RUNS)
@pytest.mark.parametrize("cell", cases.CELLS)
@pytest.mark.slow
def test_numbers_are_those_of_tensorflow_1(cell: str, run: str) -> None:
    """With a length that is known, which is unrolled, and where the run takes one tensor with one that is not, which is a loop."""
    import tensorflow as tf

    shape = cases.BATCH, cases.TIME, cases.INPUTS
    x = tf.constant(np.array(cases.inputs(), np.float32).reshape(shape))
    scope = {"tf": tf, "x": x, "n": tf.constant(cases.LENGTHS), "steps": tf.unstack(x, axis=1)}
    for source in recurrent.SOURCES.values():
        exec(source, scope)
    scope.update(a=eval(rewritten(cases.CELLS[cell]), scope), b=eval(rewritten(cases.CELLS[cell]), scope))
    compute = rewritten(cases.RUNS[run])
    eval(compute, scope)  # makes the variables
    variables = scope["a"].variables + scope["b"].variables
    for number, variable in enumerate(variables):
        variable.assign(np.reshape(cases.weight(number, variable.shape), variable.shape))
    expected = RECORDED[f"{cell}, {run}"]

    def parts(x: tf.Tensor) -> list[tf.Tensor]:
        with tf.GradientTape() as tape:
            found = tf.nest.flatten(eval(compute, {**scope, "x": x}))
            loss = sum(tf.reduce_sum(t * t) for t in found)
        return [*found, *tape.gradient(loss, variables)]

    unknown = tf.TensorSpec([None, None, cases.INPUTS], tf.float32)
    ways = [parts] if "steps" in compute else [parts, tf.function(parts, input_signature=[unknown])]
    for way in ways:
        found = way(x)
        assert len(found) == len(expected)
        for part, numbers in zip(found, expected, strict=True):
            np.testing.assert_allclose(np.ravel(part), numbers, rtol=1e-4, atol=2e-5)


def test_every_source_is_a_row_of_the_vocabulary_or_used_by_one() -> None:
    named = {row.new for row in ROWS.values()} | {cells.TIME_MAJOR.new}
    assert named == set(recurrent.SOURCES)
