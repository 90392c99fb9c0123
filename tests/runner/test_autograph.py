"""AutoGraph rewrites the migrated text of functions, not the user's."""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable
from typing import Any

import pytest

from tests.runner.support import Place
from tf2kit.runner.autograph import repair, twin
from tf2kit.runner.lines import code_of

OLD = b"""\
def outer(k):
    def inner(x):
        return old(x) + k
    return inner
class C:
    def method(self, x): return old(x)
first, second = (lambda x: old(x)), (lambda y: old(y, 2))
"""
NEW = b"import os\n\n" + OLD.replace(b"old(", b"renewed(")


@pytest.fixture
def program(tmp_path: Any) -> tuple[dict[str, Any], Callable[[str], Any]]:
    """The names of a program whose file is `OLD` and whose code is `NEW`, and what gives its texts."""
    path = tmp_path / "net.py"
    path.write_bytes(OLD)
    code = code_of(NEW, OLD, str(path))
    names: dict[str, Any] = {"renewed": lambda *values: sum(values), "__name__": "net"}
    exec(code, names)
    return names, lambda name: (NEW, code) if name == str(path) else None


def test_a_twin_does_the_same_and_its_source_is_the_migrated_text(
    program: tuple[dict[str, Any], Callable[[str], Any]],
) -> None:
    names, texts = program
    for function, line, value in (
        (names["outer"](3), "def inner(x):\n        return renewed(x) + k", 5),
        (names["first"], "(lambda x: renewed(x))", 2),
        (names["C"].method, "def method(self, x): return renewed(x)", None),
        (names["C"]().method, "def method(self, x): return renewed(x)", None),
    ):
        assert b"old" in inspect.getsource(function).encode()
        other = twin(function, texts)
        assert line in inspect.getsource(other)
        assert value is None or other(2) == function(2) == value


def test_functions_of_others_are_their_own_twins(program: tuple[dict[str, Any], Callable[[str], Any]]) -> None:
    for function in (inspect.getsource, print, type("C", (), {}), object()):
        assert twin(function, program[1]) is function


def test_the_parser_is_given_the_twin(program: tuple[dict[str, Any], Callable[[str], Any]]) -> None:
    names, texts = program
    parser = types.SimpleNamespace(
        parse_entity=lambda entity, future_features: (inspect.getsource(entity), future_features)
    )
    repair(parser, texts)
    assert "renewed(y, 2)" in parser.parse_entity(names["second"], ("division",))[0]
    assert parser.parse_entity(inspect.getsource, future_features=())[0].startswith("def getsource")


@pytest.mark.slow
def test_functions_given_to_datasets_are_rewritten_from_the_migrated_text(place: Place) -> None:
    place.write(
        "net.py",
        """\
        import tensorflow as tf
        def scale(x):
            if tf.reduce_sum(x, reduction_indices=0) > 3:
                x = tf.contrib.layers.flatten(tf.reshape(x, [1, -1])) * 2
            else:
                x = tf.reshape(x, [1, -1])
            return x
        data = tf.data.Dataset.from_tensor_slices([[1, 1], [2, 2]])
        data = data.map(scale).map(lambda x: tf.multiply(x, 3) if tf.reduce_max(x) > 3 else x)
        item = data.make_one_shot_iterator().get_next()
        with tf.Session() as sess:
            print sess.run(item).tolist(), sess.run(item).tolist()
        """,
    )
    for _ in range(2):
        done = place.run("net.py", PYTHONPATH=None)
        assert (done.stdout, done.returncode) == ("[[1, 1]] [[12, 12]]\n", 0), done.stderr
