"""Layers, initializers, optimizers, losses and metrics give what TensorFlow 1.15 gave, once written for TensorFlow 2."""

from __future__ import annotations

import ast
import json
from collections import namedtuple
from pathlib import Path

import numpy as np
import pytest
from tf2kit.migrate.native import calls, exact
from tf2kit.migrate.native.rows import Row
from tf2kit.migrate.native.vocabulary import initializers, layers, losses, metrics, optimizers

from . import vocabulary_cases as cases

RECORDED = json.loads(Path(__file__).with_name("recorded_vocabulary.json").read_text())
ROWS = {**initializers.ROWS, **layers.ROWS, **losses.ROWS, **metrics.ROWS, **optimizers.ROWS}
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tf():
    import tensorflow

    return tensorflow


def parsed(expression: str) -> ast.Call:
    node = ast.parse(expression, mode="eval").body
    assert isinstance(node, ast.Call)
    return node


def row_of(node: ast.Call) -> Row:
    return ROWS[ast.unparse(node.func)]


def spell(name: str) -> str:
    return name


def text(node: ast.expr) -> str:
    """The source of an argument; objects among arguments are rewritten."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ROWS:
        return calls.rewrite(node, row_of(node), text, spell)
    return ast.unparse(node)


def rewritten(expression: str) -> str:
    return text(parsed(expression))


def space(tf, **names):
    """Names that the new source sees: those of the exact classes, too."""
    found = {"tf": tf, "namedtuple": namedtuple, **names}
    for source in exact.SOURCES.values():
        exec(source, found)
    return found


def array(shape, phase=0.0):
    return np.array(cases.waves(shape, phase), np.float32).reshape(shape)


def make_layer(tf, expression):
    """The layer of an expression, and a function from x to what the expression computes."""
    node = parsed(expression)
    names = space(tf)
    if isinstance(node.func, ast.Call):
        layer = eval(calls.rewrite(node.func, row_of(node.func), text, spell), names)
        return layer, layer
    made, called = calls.rewrite_layer(node, row_of(node), text, spell)
    layer = eval(made, names)
    return layer, lambda x: eval(f"layer{called}", {**names, "layer": layer, "x": x})


@pytest.mark.parametrize("name", cases.LAYERS)
def test_a_layer_computes_what_it_computed(tf, name):
    expression, shape = cases.LAYERS[name]
    x = tf.constant(array(shape))
    layer, call = make_layer(tf, expression)
    layer.build(x.shape)
    for weight in layer.weights:
        weight.assign(np.reshape(cases.weight(weight.name, weight.shape), weight.shape))
    recorded = RECORDED["layers"][name]
    out = call(x)
    assert list(out.shape) == recorded["shape"]
    np.testing.assert_allclose(np.ravel(out), recorded["value"], rtol=2e-6, atol=2e-6)
    for weight in layer.weights:
        if weight.name.startswith("moving"):
            np.testing.assert_allclose(weight, recorded["moving"][weight.name], rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("name", cases.DROPOUT)
def test_dropout_keeps_as_many_and_scales_as_much(tf, name):
    _, call = make_layer(tf, cases.DROPOUT[name])
    function = tf.function(call)
    first, again = function(tf.ones([300, 300])).numpy(), function(tf.ones([300, 300])).numpy()
    recorded = RECORDED["dropout"][name]
    assert (first > 0).mean() == pytest.approx(recorded["kept"], abs=0.01)
    assert first.max() == pytest.approx(recorded["scale"], rel=1e-5)
    assert (first != again).any()


@pytest.mark.parametrize("expression", cases.INITIALIZERS)
def test_an_initializer_draws_from_the_same_distribution(tf, expression):
    drawn = eval(rewritten(expression), space(tf))((300, 200)).numpy()
    recorded = RECORDED["initializers"][expression]
    spread = max(recorded["deviation"], 1e-9)
    assert drawn.std() == pytest.approx(recorded["deviation"], rel=0.02, abs=1e-7)
    assert drawn.mean() == pytest.approx(recorded["mean"], abs=0.02 * spread)
    # where a distribution ends; tails of the normal one only roughly
    ends = 0.4 * spread if drawn.max() > 2.6 * spread else 0.02 * spread
    assert drawn.min() == pytest.approx(recorded["low"], abs=ends + 1e-7) or ends > 0.3 * spread
    assert drawn.max() == pytest.approx(recorded["high"], abs=ends + 1e-7) or ends > 0.3 * spread


@pytest.mark.parametrize("expression", cases.REGULARIZERS)
def test_a_regularizer_or_constraint_gives_the_same_number(tf, expression):
    found = eval(rewritten(expression), space(tf))(tf.constant(array((5, 4))))
    np.testing.assert_allclose(np.ravel(found), RECORDED["regularizers"][expression], rtol=1e-6, atol=1e-7)


def tolerance(expression):
    """Keras's Adam has 0.001 in one place and 1 - float32(0.999) in another: a rate that is off by 6e-6 at first."""
    return 1e-5 if "Adam" in expression else 1e-6


def train(tf, source, sparse=False, rates=None, summed=False):
    weights = tf.Variable(array((5, 2)))
    optimizer = eval(source, space(tf, rate=0.0))
    optimizer.build([weights])

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            if sparse:
                rows = tf.gather(weights, [1, 3, 3])
                loss = tf.reduce_sum(tf.square(rows - 0.3) * array((3, 2), 1.0) + 0.1 * rows)
            else:
                loss = tf.reduce_sum(tf.square(weights - 0.3) * np.abs(array((5, 2), 1.0)))
        gradient = tape.gradient(loss, weights)
        optimizer.apply_gradients([(tf.convert_to_tensor(gradient) if summed else gradient, weights)])

    for number in range(20):
        if rates:
            optimizer.learning_rate.assign(rates[number])
        step()
    return np.ravel(weights)


@pytest.mark.parametrize("expression", cases.OPTIMIZERS)
def test_twenty_steps_of_an_optimizer_end_where_they_ended(tf, expression):
    found = train(tf, rewritten(expression))
    np.testing.assert_allclose(found, RECORDED["optimizers"][expression], rtol=1e-6, atol=tolerance(expression))


@pytest.mark.parametrize("expression", [e for e in cases.OPTIMIZERS if e.startswith(cases.SPARSE)])
def test_an_optimizer_moves_gathered_rows_alike(tf, expression):
    summed = expression.split("(")[0] in optimizers.SUMMED_FIRST
    found = train(tf, rewritten(expression), sparse=True, summed=summed)
    np.testing.assert_allclose(found, RECORDED["sparse"][expression], rtol=1e-6, atol=tolerance(expression))


@pytest.mark.parametrize("expression", cases.VARYING)
def test_an_optimizer_follows_a_rate_that_changes(tf, expression):
    node = parsed(expression)
    row = optimizers.varying(ast.unparse(node.func))
    found = train(tf, calls.rewrite(node, row, text, spell), rates=cases.RATES)
    np.testing.assert_allclose(found, RECORDED["varying"][expression], rtol=1e-6, atol=tolerance(expression))


@pytest.mark.parametrize("expression", cases.SCHEDULES)
def test_a_schedule_gives_the_same_rates(tf, expression):
    node = parsed(expression)
    made, called = calls.rewrite_layer(node, row_of(node), text, spell)
    schedule = eval(made, space(tf))
    found = [
        float(eval(f"schedule{called}", {"schedule": schedule, "s": tf.constant(s, tf.int64)})) for s in cases.STEPS
    ]
    np.testing.assert_allclose(found, RECORDED["schedules"][expression], rtol=2e-6, atol=1e-8)


@pytest.mark.parametrize("expression", cases.LOSSES)
def test_a_loss_is_the_same_number(tf, expression):
    node = parsed(expression)
    row = row_of(node)
    assert isinstance(row, losses.LossRow)
    source = losses.rewrite(node, row, text, spell)
    values = {k: tf.constant(v) for k, v in cases.inputs(np).items()}
    found = np.ravel(eval(source, space(tf, **values)))
    np.testing.assert_allclose(found, RECORDED["losses"][expression], rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("expression", cases.METRICS)
def test_a_metric_counts_the_same_over_two_batches(tf, expression):
    node = parsed(expression)
    made, called = metrics.rewrite(node, row_of(node), text, spell)
    metric = eval(made, space(tf))
    values = cases.inputs(np)
    smaller = {k: v[:0:-1] for k, v in values.items()}
    smaller = {k: v if v.dtype == np.int64 else (0.9 * v).astype(np.float32) for k, v in smaller.items()}
    for batch in (values, smaller):
        eval(f"metric.update_state{called}", {"tf": tf, "metric": metric, **batch})
    assert float(metric.result()) == pytest.approx(RECORDED["metrics"][expression], rel=1e-5, abs=1e-6)
