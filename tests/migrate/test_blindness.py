"""Every spelling through which `tf_upgrade_v2` does not see TensorFlow, and every rewrite of it that is wrong."""

from __future__ import annotations

import ast
import sys

import pytest

from tests.laws.support import V1, after, codes, dead, live_names, one, tensorflow_names

X = "x = {tf}placeholder('float')\n"
MODERN = {
    "a slice in parentheses": ("b = a[(1-x)*2:(n), :]", (3, 8)),
    "match": ("match x:\n    case 1:\n        y = tf.placeholder('float')", (3, 10)),
    "except*": ("try:\n    y = tf.placeholder('float')\nexcept* ValueError:\n    pass", (3, 11)),
    "with in parentheses": ("with (tf.Session() as s, open('x') as f):\n    pass", (3, 10)),
    "an f-string that shows its expression": ("print(f'{x=}', tf.placeholder('float'))", (3, 8)),
    "a walrus": ("if (y := tf.placeholder('float')) is not None:\n    pass", (3, 8)),
    "type parameters": ("def f[T](x: T) -> T:\n    return tf.placeholder('float')", (3, 12)),
    "a quote inside the quotes of an f-string": ("print(f'{d['a']}', tf.placeholder('float'))", (3, 12)),
    "positional-only parameters": ("def f(a, /, b):\n    return tf.placeholder('float')", (3, 8)),
    "a matrix product": ("c = tf.placeholder('float') @ b", (3, 5)),
    "an asynchronous function": ("async def f():\n    async with g() as h:\n        return tf.Session()", (3, 6)),
}


def names_of(text: str) -> set[str]:
    return {full for full, _ in tensorflow_names(ast.parse(text))}


def check_alive(text: str) -> None:
    """No name of the text is dead, and TF 1 names come from compat.v1."""
    assert [full for full in names_of(text) if dead(full, live_names())] == []


@pytest.mark.parametrize(
    ("line", "prefix"),
    [
        ("import tensorflow", "tensorflow."),
        ("import tensorflow as tf", "tf."),
        ("import tensorflow as t", "t."),
        ("import os, tensorflow as t", "t."),
        ("import tensorflow, os", "tensorflow."),
        ("from tensorflow import placeholder", ""),
        ("from tensorflow import (placeholder,  # x\n  Session)", ""),
        ("from tensorflow.compat import v1 as tf", "tf."),
        ("from tensorflow.compat import v1", "v1."),
        ("import tensorflow.compat.v1 as tf", "tf."),
        ("import tensorflow.compat.v1", "tensorflow.compat.v1."),
        ("import tensorflow.compat.v1 as t", "t."),
        ("from tensorflow.compat.v1 import placeholder", ""),
        ("import tensorflow as tf\nt = tf", "t."),
        ("try:\n    import tensorflow as tf\nexcept ImportError:\n    tf = None", "tf."),
        ("try:\n    import tensorflow.compat.v1 as tf\nexcept ImportError:\n    import tensorflow as tf", "tf."),
        ("if True:\n    import tensorflow as tf\nelse:\n    tf = None", "tf."),
        ("import numpy as np; import tensorflow as tf", "tf."),
        ("import \\\n  tensorflow as tf", "tf."),
    ],
)
def test_every_form_of_import_reaches_the_name_in_compat_v1_and_graph_mode(line: str, prefix: str) -> None:
    text = after(f"{line}\n{X.format(tf=prefix)}")
    names = names_of(text)
    assert "tensorflow.placeholder" not in names
    check_alive(text)
    assert "disable_v2_behavior()" in text


def test_an_import_inside_a_function_is_seen() -> None:
    text = after("def f():\n    import tensorflow as tf\n    return tf.placeholder('float')\n")
    assert f"    import {V1} as tf\n    tf.disable_v2_behavior()\n" in text


@pytest.mark.parametrize("line", ["from tensorflow.contrib import rnn", "import tensorflow.contrib.rnn as rnn"])
def test_an_import_from_contrib_is_seen(line: str) -> None:
    text = after(f"import tensorflow as tf\n{line}\ncell = rnn.BasicLSTMCell(3)\n")
    assert "tf.nn.rnn_cell.BasicLSTMCell(3)" in text
    assert "contrib" not in text


def test_a_part_that_was_bound_to_another_name_is_seen() -> None:
    text = after(
        "import tensorflow as tf\nlayers = tf.layers\nc = tf.contrib\ny = layers.dense(c.layers.flatten(x), 3)\n"
    )
    assert "layers = tf.layers\n" in text
    assert "TF_USE_LEGACY_KERAS" in text
    assert "tf.contrib" not in text


def test_an_import_without_an_alias_is_seen() -> None:
    assert f"import {V1} as tensorflow\n" in after("import tensorflow\ns = tensorflow.Session()\n")


def test_tf_layers_is_not_dead() -> None:
    text = after("import tensorflow as tf\ny = tf.layers.dense(x, 3)\n")
    assert text.index("TF_USE_LEGACY_KERAS") < text.index(f"import {V1} as tf")
    check_alive(text)


def test_an_input_that_is_on_compat_v1_already_is_not_made_worse() -> None:
    body = "tf.disable_v2_behavior()\ny = tf.layers.dense(tf.placeholder('float'), 3)\n"
    text = after(f"import {V1} as tf\n{body}")
    assert text == f'import os\nos.environ["TF_USE_LEGACY_KERAS"] = "1"\nimport {V1} as tf\n{body}'


@pytest.mark.parametrize("name", ["scalar", "histogram", "image", "audio", "text"])
def test_the_five_summaries_stay_those_of_version_1(name: str) -> None:
    text = after(f"import tensorflow as tf\ntf.summary.{name}('x', x)\nm = tf.summary.merge_all()\n")
    assert f"{V1}.summary.{name}" in names_of(text)


def test_keras_optimizers_keep_their_name_and_get_the_keras_that_has_them() -> None:
    text = after("import tensorflow as tf\ns = tf.Session()\no = tf.keras.optimizers.Adam(1e-3)\n")
    assert "tf.keras.optimizers.Adam(1e-3)" in text
    assert "TF_USE_LEGACY_KERAS" in text
    check_alive(text)


@pytest.mark.parametrize(("code", "since"), MODERN.values(), ids=MODERN)
@pytest.mark.parametrize("official", ["off", "safety"])
def test_modern_syntax_is_migrated(code: str, since: tuple[int, int], official: str) -> None:
    if sys.version_info[:2] < since:
        pytest.skip(f"syntax of Python {since[0]}.{since[1]}")
    result = one(f"import tensorflow as tf\nx = tf.placeholder('float')\n{code}\n", official=official)
    assert (
        result.after.decode() == f"import {V1} as tf\ntf.disable_v2_behavior()\nx = tf.placeholder('float')\n{code}\n"
    )
    assert codes(result) <= {"SYM101", "RUN401", "OFC101", "OFC102"}


@pytest.mark.parametrize("official", ["off", "safety"])
@pytest.mark.parametrize(
    "call",
    [
        "tf.nn.dropout(a, .5, None)",
        "tf.zeros_like(tensor=a, optimize=True)",
        "tf.decode_raw(a, tf.uint8, True)",
        "tf.nn.dropout(a, keep_prob=0.5)",
        "tf.reduce_sum(a, reduction_indices=[0], keep_dims=True)",
        "tf.argmax(a, dimension=1)",
    ],
)
def test_calls_that_the_official_script_gets_wrong_stay_as_they_are(call: str, official: str) -> None:
    text = after(f"import tensorflow as tf\na = tf.placeholder('float')\nb = {call}\n", official=official)
    assert f"\nb = {call}\n" in text


def test_text_in_strings_and_comments_is_not_code() -> None:
    tail = '"""tf.contrib.layers and import tensorflow as tf"""\n# import tensorflow; tf.contrib.rnn\n'
    assert after(f"import tensorflow as tf\nx = tf.placeholder('float')\n{tail}").endswith(tail)


def test_a_name_that_only_looks_like_tensorflow_is_left_alone() -> None:
    text = "import tensorflow as tf\ndef f(tf):\n    return tf.placeholder('a'), tf.contrib.layers\n"
    assert after(text) == text
