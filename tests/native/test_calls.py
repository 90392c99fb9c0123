import ast

import pytest
from tf2kit.migrate.native import calls
from tf2kit.migrate.native.refusal import Refusal
from tf2kit.migrate.native.rows import Row

SUM = Row(
    "tf.reduce_sum",
    old=("input_tensor", "axis", "keepdims", "name", "reduction_indices", "keep_dims"),
    order=("input_tensor", "axis", "keepdims", "name"),
    renamed={"reduction_indices": "axis", "keep_dims": "keepdims"},
)
DROPOUT = Row(
    "tf.nn.dropout",
    old=("x", "keep_prob", "noise_shape", "seed", "name", "rate"),
    order=("x", "rate", "noise_shape", "seed", "name"),
    renamed={"keep_prob": "rate"},
    convert={"keep_prob": "1 - ({})"},
)
CAST = Row("tf.cast", old=("x", "name"), order=("x", "dtype", "name"), added={"dtype": "tf.float32"})
GATHER = Row(
    "tf.gather",
    old=("params", "indices", "validate_indices", "axis", "colocate"),
    order=("params", "indices", "validate_indices", "axis"),
    dropped=frozenset({"validate_indices"}),
    refused={"colocate": "gradients are placed on devices"},
    harmless={"colocate": ("False", "None")},
)
CROSS = Row(
    "tf.cross", old=("labels", "logits"), order=("labels", "logits"), convert={"labels": "tf.stop_gradient({})"}
)
DENSE = Row(
    "tf.keras.layers.Dense",
    old=("inputs", "units", "activation", "training", "name", "reuse"),
    order=("units", "activation", "use_bias"),
    renamed={"name": "name"},
    dropped=frozenset({"reuse"}),
    call=("inputs", "training"),
    kind="layer",
)


def call_of(text: str) -> ast.Call:
    found = ast.parse(text, mode="eval").body
    assert isinstance(found, ast.Call)
    return found


def rewritten(text: str, row: Row, data: bool = False) -> str:
    return calls.rewrite(call_of(text), row, ast.unparse, lambda n: n.replace("tf.", "tensorflow.", 1), lambda _: data)


@pytest.mark.parametrize(
    ("before", "row", "after"),
    [
        ("f(x, 1)", SUM, "tensorflow.reduce_sum(x, 1)"),
        ("f(x, axis=1, name='s')", SUM, "tensorflow.reduce_sum(x, axis=1, name='s')"),
        ("f(x, reduction_indices=[1], keep_dims=True)", SUM, "tensorflow.reduce_sum(x, axis=[1], keepdims=True)"),
        ("f(x, None, True, None, [0])", SUM, "tensorflow.reduce_sum(x, keepdims=True, name=None, axis=[0])"),
        ("f(keep_dims=True, input_tensor=x)", SUM, "tensorflow.reduce_sum(keepdims=True, input_tensor=x)"),
        ("f(x, p)", DROPOUT, "tensorflow.nn.dropout(x, 1 - p)"),
        ("f(x, keep_prob=a + b)", DROPOUT, "tensorflow.nn.dropout(x, rate=1 - (a + b))"),
        ("f(x, rate=0.2)", DROPOUT, "tensorflow.nn.dropout(x, rate=0.2)"),
        ("f(x)", CAST, "tensorflow.cast(x, tensorflow.float32)"),
        ("f(x, 'n')", CAST, "tensorflow.cast(x, name='n', dtype=tensorflow.float32)"),
        ("f(p, i, True, 1)", GATHER, "tensorflow.gather(p, i, axis=1)"),
        ("f(p, i, colocate=False)", GATHER, "tensorflow.gather(p, i)"),
        ("f(y, z)", CROSS, "tensorflow.cross(tensorflow.stop_gradient(y), z)"),
    ],
)
def test_a_call_is_written_as_its_row_says(before: str, row: Row, after: str) -> None:
    assert rewritten(before, row) == after


def test_gradients_of_data_need_not_be_stopped() -> None:
    assert rewritten("f(y, z)", CROSS, data=True) == "tensorflow.cross(y, z)"


@pytest.mark.parametrize(
    ("text", "row", "reason"),
    [
        ("f(*a)", SUM, r"\* or \*\*"),
        ("f(x, **k)", SUM, r"\* or \*\*"),
        ("f(x, dim=1)", SUM, "`dim` is no parameter"),
        ("f(x, input_tensor=1)", SUM, "`input_tensor` is given twice"),
        ("f(x, 1, axis=1)", SUM, "`axis` is given twice"),
        ("f(1, 2, 3)", CAST, "3 arguments where TensorFlow 1.15 knows 2"),
        ("f(p, i, colocate=True)", GATHER, "placed on devices"),
        ("f(x, 1, reduction_indices=1)", SUM, "under two names"),
    ],
)
def test_what_a_row_does_not_know_is_refused_where_it_stands(text: str, row: Row, reason: str) -> None:
    with pytest.raises(Refusal, match=reason) as caught:
        rewritten(text, row)
    assert caught.value.node is not None


def test_an_argument_without_counterpart_is_refused() -> None:
    row = Row("tf.new", old=("x", "gone"), order=("x",))
    with pytest.raises(Refusal, match=r"`gone` has no counterpart in `tf.new`"):
        calls.bind(call_of("f(x, gone=1)"), row)


def test_a_layer_is_split_into_what_makes_it_and_what_calls_it() -> None:
    call = call_of("f(x, 10, act, training=t, name='d', reuse=True)")
    made, called = calls.rewrite_layer(call, DENSE, ast.unparse, lambda n: n)
    assert (made, called) == ("tf.keras.layers.Dense(10, act, name='d')", "(x, training=t)")


def test_what_a_layer_must_be_told_goes_where_its_parameter_belongs() -> None:
    row = Row(
        "tf.keras.layers.B",
        old=("inputs", "is_training"),
        order=("axis",),
        renamed={"is_training": "training"},
        added={"training": "True", "epsilon": "0.001"},
        call=("inputs", "is_training"),
    )
    assert calls.rewrite_layer(call_of("f(x)"), row, ast.unparse, lambda n: n) == (
        "tf.keras.layers.B(epsilon=0.001)",
        "(x, training=True)",
    )


def test_a_call_whose_layout_can_stay_names_the_keywords_to_change() -> None:
    call = call_of("f(x, reduction_indices=1, name='n')")
    found = calls.renames(call, SUM)
    assert found == {call.keywords[0]: "axis"}


@pytest.mark.parametrize(("text", "row"), [("f(x)", CAST), ("f(x, 0.5)", DROPOUT), ("f(p, i, True)", GATHER)])
def test_a_call_whose_arguments_change_must_be_written_anew(text: str, row: Row) -> None:
    assert calls.renames(call_of(text), row) is None


def test_a_row_may_be_chosen_by_the_arguments() -> None:
    other = Row("tf.other", old=("x",), order=("x",))
    row = Row("tf.new", old=("x",), order=("x",), chosen=lambda given: other if ast.unparse(given["x"]) == "1" else row)
    assert rewritten("f(1)", row) == "tensorflow.other(1)"
    assert rewritten("f(2)", row) == "tensorflow.new(2)"
