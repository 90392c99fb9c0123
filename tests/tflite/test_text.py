"""Texts that are taken apart as bytes, word for word what TensorFlow makes of them."""

import numpy as np
import pytest

from tf2kit.export import ExportError

from .files import make

pytestmark = pytest.mark.slow

TEXTS = [
    "the cat sat", "The CAT, sat!", "", "   ", "don't  stop\tnow\n", "thecat the.cat the-cat", "ünïcode Straße cat 猫 the", "a",
    "the " * 60, "x" * 256, "catx xcat ca cat", "\x0b cat \x0c", ".,!?", "end.",
]  # fmt: skip


def _module(path, layer):
    """A SavedModel of a text layer."""
    import tensorflow as tf

    module = tf.Module()
    module.layer = layer
    function = tf.function(lambda text: {"ids": layer(text)})
    spec = tf.TensorSpec([None], tf.string, "text")
    tf.saved_model.save(module, str(path), signatures={"serving_default": function.get_concrete_function(spec)})
    return str(path)


@pytest.mark.parametrize(
    "settings",
    [
        {"output_sequence_length": 7},
        {"output_mode": "multi_hot"},
        {"standardize": None, "output_sequence_length": 5},
        {"standardize": "strip_punctuation", "output_sequence_length": 3},
        {},
    ],
    ids=str,
)
def test_words_get_the_numbers_that_they_get_in_tensorflow(settings, tmp_path):
    import keras

    layer = keras.layers.TextVectorization(max_tokens=30, **settings)
    layer.adapt(["the cat sat", "dont stop now", "end. ünïcode straße 猫", "the-cat a"])
    made = make(_module(tmp_path / "saved", layer), tmp_path / "m.tflite")
    assert made.info["texts"] == ["serving_default/text"]
    # LiteRT has no tensors of size zero, which rows as long as the longest of no words would be
    nothing = [TEXTS[2:4]] if settings else []
    for batch in (TEXTS, TEXTS[:1], *nothing):
        given = {"text": np.array([t.encode() for t in batch], object)}
        expected = made.loaded.calls["serving_default"](given)["ids"]
        np.testing.assert_array_equal(made.run("serving_default", given)["ids"], expected)


@pytest.mark.parametrize(
    ("pattern", "rewrite", "before", "after"),
    [
        (r"[!\"#$%&()\*\+,-\./:;<=>?@\[\\\]^_`{|}~\']", b"", "a-b[c]'d!é", "abcdé"),
        (r"[^a-z ]", b"", "aB1 é猫z", "a z"),
        (r"\.", b" ", "a.b", "a b"),
        (r"[\d\n]", b"x", "a1\nb", "axxb"),
    ],
)
def test_patterns_of_one_character_are_tables_of_bytes(pattern, rewrite, before, after):
    from tf2kit.tflite.text import _table

    table = _table(pattern, rewrite)
    assert bytes(table[byte] for byte in before.encode() if table[byte]).decode() == after


_LONGER = ("ab", "a|bc", "^a", "a+", "(a)", "[[:punct:]]", r"\s", r"\bx", "[é]", ".", "", "[a]b", "[a][b]", r"\pL")


@pytest.mark.parametrize("pattern", _LONGER)
def test_patterns_that_may_be_more_than_that_are_left_alone(pattern):
    from tf2kit.tflite.text import _table

    assert _table(pattern, b"") is None


def test_strings_that_are_only_looked_up_stay_strings(zoo, tmp_path):
    made = make(zoo("tabular_strings"), tmp_path / "m.tflite")
    assert made.info["texts"] == []
    assert "HASHTABLE_FIND" in made.info["ops"]


def test_what_cannot_be_done_with_bytes_is_named(tmp_path):
    import tensorflow as tf

    class Reversed(tf.Module):
        @tf.function(input_signature=[tf.TensorSpec([None], tf.string, "text")])
        def run(self, text):
            lower = tf.strings.lower(text)
            return {"length": tf.strings.length(tf.strings.regex_replace(lower, "(a+)b", r"\1"))}

    module = Reversed()
    tf.saved_model.save(module, str(tmp_path / "saved"), signatures={"serving_default": module.run})
    with pytest.raises(ExportError) as error:
        make(str(tmp_path / "saved"), tmp_path / "m.tflite")
    assert error.value.op == "StaticRegexReplace"
    assert not (tmp_path / "m.tflite").exists()
