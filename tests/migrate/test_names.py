"""A name stands for an import exactly where Python would look it up there."""

from __future__ import annotations

import ast

import pytest
from tf2kit.migrate.names import Names, chain


def fulls(text: str, package: str = "", **star: dict[str, str]) -> list[str]:
    found = Names(ast.parse(text), package, star).uses
    return [u.full for u in sorted(found, key=lambda u: (u.node.lineno, u.node.col_offset)) if u.attributes]


HEAD = "import tensorflow as tf\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import a.b\na.b.c", ["a.b.c"]),
        ("import a.b as x\nx.c", ["a.b.c"]),
        ("from a import b\nb.c", ["a.b.c"]),
        ("from a import b as x\nx.c.d", ["a.b.c.d"]),
        ("import a, b\na.x, b.y", ["a.x", "b.y"]),
        ("import a\nx = a.b\nx.c", ["a.b", "a.b.c"]),
        ("import a\nx = a\nx = x.b\nx.c", ["a.b", "a.b.c"]),
        ("import a\na = a.b\na.c", ["a.b", "a.b.c"]),
        ("import a\nx: int = 3\na.b(x)", ["a.b"]),
    ],
)
def test_every_form_of_import_and_rebinding_is_followed(text: str, expected: list[str]) -> None:
    assert fulls(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "def f(tf):\n    return tf.x",
        "def f():\n    tf = 1\n    return tf.x",
        "f = lambda tf: tf.x",
        "[tf.x for tf in y]",
        "for tf in y:\n    tf.x",
        "with y as tf:\n    tf.x",
        "try:\n    pass\nexcept E as tf:\n    tf.x",
        "class A:\n    tf = 1\n    y = tf.x",
        "def tf(): pass\ntf.x",
        "class tf: pass\ntf.x",
        "(tf := 1)\ntf.x",
        "tf, y = 1, 2\ntf.x",
        "def f(*tf):\n    tf.x",
        "def f(**tf):\n    tf.x",
        "def f(*, tf=1):\n    tf.x",
        "import other as tf\ntf.y.x",
        "match y:\n    case tf:\n        tf.x",
        "match y:\n    case [1, *tf]:\n        tf.x",
        "match y:\n    case {1: 2, **tf}:\n        tf.x",
    ],
)
def test_a_name_that_is_bound_to_something_else_is_not_tensorflow(text: str) -> None:
    assert [f for f in fulls(HEAD + text) if f.startswith("tensorflow")] == []


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    return tf.x",
        "class A:\n    y = tf.x",
        "class A:\n    tf = 1\n    def f(self):\n        return tf.x",
        "[tf.x for y in z]",
        "[y for y in tf.x]",
        "lambda y=tf.x: y",
        "def f(y: tf.x): pass",
        "def f() -> tf.x: pass",
        "@tf.x\ndef f(): pass",
        "class A(tf.x): pass",
        "async def f():\n    async with tf.x as y: pass",
        "print(f'{tf.x!r:>{10}}')",
        "def f():\n    global tf\n    return tf.x",
        "tf.x = 1",
        "del tf.x",
        "tf.x[0] = 1",
        "try:\n    pass\nexcept tf.x:\n    pass",
        "def g():\n    def f(tf): pass\n    return tf.x",
    ],
)
def test_a_name_is_seen_in_every_place_where_it_can_be_read(text: str) -> None:
    assert fulls(HEAD + text) == ["tensorflow.x"]


def test_a_use_before_a_later_rebinding_still_means_the_import() -> None:
    assert fulls(HEAD + "tf.x\ntf = 1\ntf.y") == ["tensorflow.x"]


def test_an_import_that_falls_back_to_none_is_still_that_import() -> None:
    text = "try:\n    import tensorflow as tf\nexcept ImportError:\n    tf = None\ntf.x"
    assert fulls(text) == ["tensorflow.x"]


def test_names_come_through_star_imports_when_their_module_is_known() -> None:
    assert fulls("from m import *\ntf.x", m={"tf": "tensorflow"}) == ["tensorflow.x"]
    assert fulls("from m import *\ntf.x") == []


@pytest.mark.parametrize(
    ("line", "package", "expected"),
    [
        ("from . import b", "p.q", "p.q.b.x"),
        ("from .. import b", "p.q", "p.b.x"),
        ("from .m import b", "p.q", "p.q.m.b.x"),
    ],
)
def test_relative_imports_are_resolved_against_the_package(line: str, package: str, expected: str) -> None:
    assert fulls(f"{line}\nb.x", package) == [expected]


def test_names_that_refer_to_each_other_do_not_loop() -> None:
    assert fulls("a = b\nb = a\na.x") == []
    assert fulls("def f():\n    global g\n    g = g.x\n    g.y") == []


def test_a_chain_ends_at_anything_but_a_name() -> None:
    assert chain(ast.parse("f().x", mode="eval").body) is None
    found = chain(ast.parse("a.b.c", mode="eval").body)
    assert found is not None
    assert (found[0].id, found[1]) == ("a", ("b", "c"))
