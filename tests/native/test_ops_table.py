"""The vocabulary of tensor functions against the installed TensorFlow, and against what TensorFlow 1.15 computed."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
from pathlib import Path
from typing import Any

import pytest
from tf2kit.migrate.native import calls
from tf2kit.migrate.native.refusal import Refusal
from tf2kit.migrate.native.rows import Row
from tf2kit.migrate.native.vocabulary import SYMBOLS, lookup, ops, vetted
from tf2kit.migrate.native.vocabulary.signatures import table

from . import ops_cases

RECORDED: dict[str, Any] = json.loads((Path(__file__).parent / "recorded_ops.json").read_text("utf-8"))
# what 1.15 says by default, in other words
ALIKE = {
    ("keepdims", "None", "False"),
    ("dilations", "[1, 1, 1, 1]", "None"),
    ("dilations", "[1, 1, 1, 1, 1]", "None"),
    ("data_format", "None", "'NWC'"),
    ("data_format", "'NHWC'", "None"),
    ("out_type", "tf.int32", "None"),
    ("axis", "None", "-1"),  # softmax_cross_entropy_with_logits_v2
    ("threshold", "None", "0"),
    ("expand_nonconcat_dims", "None", "False"),
    ("output_dtype", "None", "tf.int64"),
    ("extrapolation_value", "0", "0.0"),
}


def defaults(signature: list[str]) -> dict[str, str | None]:
    """Default by parameter; None where there is none."""
    return {name: (value or None) for name, _, value in (p.partition("=") for p in signature if p != "*")}


def described(row: Row) -> list[str]:
    return table()["new"].get(row.new, [])


def strayed(name: str, row: Row) -> list[str]:
    """Parameters whose defaults differ between the versions although nothing in the row says so."""
    old, new = defaults(table()["old"][name]), defaults(described(row))
    out = []
    for parameter, default in old.items():
        target = row.renamed.get(parameter, parameter)
        gone = parameter in row.dropped or parameter in row.refused or target not in new or target == "name"
        alias = any(p != parameter and row.renamed.get(p, p) == target for p in old)
        if gone or target in row.added or default is None or new[target] is None or alias:
            continue
        if new[target] != default and (target, default, new[target]) not in ALIKE:
            out.append(f"{name}: {parameter}={default}, {target}={new[target]}")
    return out


def measured() -> list[tuple[str, Row]]:
    return [(n, row) for n, row in ops.ROWS.items() if n in table()["old"] and described(row)]


def test_a_parameter_that_a_program_leaves_out_means_the_same_in_both_versions() -> None:
    assert not [line for name, row in measured() for line in strayed(name, row)]


def test_every_parameter_that_must_be_given_is_one_that_a_program_gives() -> None:
    for name, row in measured():
        given = {row.renamed.get(p, p) for p in row.old} | set(row.added)
        needed = {p for p, default in defaults(described(row)).items() if default is None and not p.startswith("*")}
        assert needed <= given, name


def test_every_vetted_row_has_a_case_with_values() -> None:
    """But checks and what reads files, which give no value."""
    called = {ast.unparse(n.func) for text in RECORDED for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Call)}
    without = {n for n, row in vetted.ROWS.items() if row.kind == "tensor" and n in table()["old"]}
    assert without <= called, sorted(without - called)


def test_the_recorded_cases_are_those_that_are_written() -> None:
    assert list(RECORDED) == list(ops_cases.expressions())


def test_no_row_names_what_tensorflow_2_has_not() -> None:
    assert not [n for n, row in ops.ROWS.items() if "compat.v1" in row.new or "contrib" in row.new]


def test_names_of_contrib_that_are_core_functions_have_their_rows() -> None:
    found = lookup("tf.contrib.framework.argsort")
    assert found is not None
    assert found.new == "tf.argsort"
    assert lookup("tf.contrib.nowhere.argsort") is None


def at(root: Any, name: str) -> Any:
    for part in name.split(".")[1:]:
        root = getattr(root, part)
    return root


@pytest.mark.slow
def test_every_counterpart_exists_and_takes_the_parameters_that_it_is_given() -> None:
    tf = importlib.import_module("tensorflow")
    for name, row in ops.ROWS.items():
        target = at(tf, row.new)
        try:
            parameters = inspect.signature(target).parameters
        except ValueError:
            continue
        if any(p.kind is p.VAR_KEYWORD for p in parameters.values()):
            continue
        kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
        positional = tuple(p.name for p in parameters.values() if p.kind in kinds and p.name != "self")
        assert positional[: len(row.order)] == tuple(p for p in row.order if not p.startswith("*")), name
        mapped = {
            row.renamed.get(p, p)
            for p in row.old
            if p not in row.dropped and p not in row.refused and not p.startswith("*")
        }
        reachable = {p for p in mapped if p in row.order or p in row.renamed.values()} | set(row.added)
        assert reachable <= set(parameters), (name, reachable - set(parameters))
    for name in SYMBOLS.values():
        at(tf, name)


def rewritten(node: ast.expr) -> str:
    """The text of an expression, each call of TensorFlow 1 in it written anew."""

    class Rewriter(ast.NodeTransformer):
        def visit_Call(self, node: ast.Call) -> ast.expr:
            row = lookup(ast.unparse(node.func))
            if row is None:
                return self.generic_visit(node)  # type: ignore[return-value]
            text = calls.rewrite(node, row, rewritten, lambda name: name)
            return ast.parse(text, mode="eval").body

    return ast.unparse(Rewriter().visit(ast.parse(ast.unparse(node), mode="eval").body))


def close(a: Any, b: Any) -> bool:
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(close, a, b))
    if isinstance(a, float) or isinstance(b, float):
        return a == pytest.approx(b, rel=2e-5, abs=2e-6, nan_ok=True)
    return type(a) is type(b) and a == b


@pytest.mark.slow
@pytest.mark.parametrize("text", list(ops_cases.expressions()))
def test_the_rewritten_call_computes_what_tensorflow_1_computed(text: str) -> None:
    tf = importlib.import_module("tensorflow")
    numpy = importlib.import_module("numpy")
    tf.random.set_seed(None)  # the recorded numbers were drawn without a seed for the whole program
    new = rewritten(ast.parse(text, mode="eval").body)
    assert "compat" not in new

    def compute() -> Any:
        scope = {"tf": tf, "np": numpy}
        exec(ops_cases.INPUTS, scope)
        return eval(new, scope)

    graph = tf.function(compute, autograph=False)
    # an eager operation goes on drawing where the same one stopped before; each function starts anew
    only_in_graphs = "seed" in text or "random" in text or "lambda a: a + 1, " in text
    for way in [graph] if only_in_graphs else [graph, compute]:
        found = json.loads(json.dumps(ops_cases.plain(way())))
        assert close(found, RECORDED[text]), new


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("tf.div(a, c)", "rounds integers down"),
        ("tf.nn.embedding_lookup([a, c], ids)", "row by row"),
        ("tf.nn.nce_loss([w for w in a], b, labels, x, 3, 7)", "row by row"),
        ("tf.while_loop(c, b, names)", "how many variables"),
        ("tf.cond(c, lambda: [x], lambda: [y])", "list of one tensor"),
        ("tf.cond(c, f, g, strict=True)", "lists of one tensor"),
        ("tf.nn.ctc_beam_search_decoder(x, n)", "merged"),
        ("tf.nn.ctc_loss(a, x, n, ctc_merge_repeated=False)", "kept apart"),
        ("tf.strings.split(s, result_type=kind)", "not known"),
        ("tf.constant(1, shape=[2], verify_shape=True)", "checks a shape"),
        ("tf.scan(f, x, back_prop=False)", "no gradients flow"),
        ("tf.reduce_sum(x, dim=1)", "`dim` is no parameter"),
    ],
)
def test_what_cannot_be_proven_to_compute_the_same_is_refused(text: str, reason: str) -> None:
    node = ast.parse(text, mode="eval").body
    assert isinstance(node, ast.Call)
    row = lookup(ast.unparse(node.func))
    assert row is not None
    with pytest.raises(Refusal, match=reason):
        calls.bind(node, row)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("tf.nn.dropout(x, 0.9)", "tf.nn.dropout(x, 0.1)"),
        ("tf.nn.dropout(x, keep_prob)", "tf.nn.dropout(x, 1 - keep_prob)"),
        (
            "tf.nn.max_pool(x, [1, 2, 2, 1], [1, 2, 2, 1], 'SAME')",
            "tf.nn.max_pool2d(x, [1, 2, 2, 1], [1, 2, 2, 1], 'SAME')",
        ),
        ("tf.where(x > 0, x, y)", "tf.where(x > 0, x, y)"),
        ("tf.where(tf.greater(a, x), 0.1 * x, y)", "tf.where(tf.greater(a, x), 0.1 * x, y)"),
        ("tf.where(mask, x, y)", "tf.raw_ops.Select(condition=mask, x=x, y=y)"),
        ("tf.nn.xw_plus_b(x, w, b)", "tf.nn.bias_add(tf.matmul(x, w), b)"),
        ("tf.to_float(x)", "tf.cast(x, tf.float32)"),
        ("tf.concat(1, [a, b])", "tf.concat(axis=1, values=[a, b])"),
        ("tf.while_loop(c, b, [i])", "tf.while_loop(c, b, [i])[0]"),
        ("tf.mul(a, b)", "tf.multiply(a, b)"),
    ],
)
def test_calls_read_as_a_person_would_write_them(before: str, after: str) -> None:
    assert rewritten(ast.parse(before, mode="eval").body) == after
