"""Ops that TF.js lacks or has wrong are built from others, and say what TensorFlow says, on both backends of Node."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tensorflow as tf
from tf2kit.tfjs import run

from tests.tfjs import kit
from tf2kit.export import parity

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("tfjs")]

X = np.random.default_rng(0).normal(size=(3, 4, 5)).astype(np.float32)
IDS = np.array([[3, 0, 2], [1, 1, 0]], np.int32)
IMAGE = np.random.default_rng(1).normal(size=(2, 8, 8, 4)).astype(np.float32)
KERNEL = np.random.default_rng(2).normal(size=(3, 3, 2, 6)).astype(np.float32)
TEXT = np.array([[b"The  CAT sat."], [b""], [b"Zoo: 12 ducks"], [b"  a\tb "]], object)

CASES: dict[str, tuple[Callable[..., tf.Tensor], np.ndarray]] = {
    "erfc": (tf.math.erfc, X * 3),
    "bucketize": (lambda x: tf.raw_ops.Bucketize(input=x, boundaries=[-1.0, 0.0, 0.5]), X),
    "a causal mask": (lambda x: tf.linalg.band_part(x, -1, 0), X),
    "a band": (lambda x: tf.linalg.band_part(x, 1, 2), X),
    "roll": (lambda x: tf.roll(x, [1, -7], [1, 2]), X),
    "roll along the batch": (lambda x: tf.roll(x, 2, 0), X),
    "invert permutation": (lambda x: tf.math.invert_permutation(x[0, :3] * 0 + [2, 0, 1]), IDS),
    "einsum with an ellipsis": (lambda x: tf.einsum("...ab,cb->...ca", x, x[0]), X),
    "einsum with a batch": (lambda x: tf.einsum("abc,abd->bcd", x, x), X),
    "space to depth": (lambda x: tf.nn.space_to_depth(x, 2), IMAGE),
    "a grouped convolution": (lambda x: tf.nn.conv2d(x, KERNEL, 1, "SAME"), IMAGE),
    "a batch normalization": (
        lambda x: tf.compat.v1.nn.fused_batch_norm(
            x, [1.0, 2, 3, 4], [0.0, 1, 2, 3], [0.1] * 4, [0.5] * 4, is_training=False
        )[0],
        IMAGE,
    ),
    "exclusive or": (lambda x: tf.cast(tf.math.logical_xor(x > 0, x < 0.5), tf.int32), X),
    "one-hot numbers": (lambda x: tf.one_hot(x, 4), IDS),
    "one-hot numbers, neither 0 nor 1": (lambda x: tf.one_hot(x, 4, 2.5, -1.0, axis=1), IDS),
    "one-hot truth values": (lambda x: tf.cast(tf.one_hot(x, 4, True, False), tf.float32), IDS),
    "reversed truth values": (lambda x: tf.cast(tf.reverse(x > 0, [1]), tf.float32), X),
    "a condition that is repeated": (lambda x: tf.where(x[:, :, :1] > 0, x, -1.0), X),
    "chosen truth values": (lambda x: tf.cast(tf.where(x > 1, x > 0, x < -0.5), tf.float32), X),
    "clipped integers": (lambda x: tf.clip_by_value(x, 1, 2), IDS),
    "gathered in batches": (lambda x: tf.gather(x, [[0, 3], [1, 1], [2, 0]], batch_dims=1), X),
    "integers with steps": (lambda x: x[:, ::-2], IDS),
    "truth values with steps": (lambda x: tf.cast((x > 0)[:, 1::2, ::-1], tf.float32), X),
    "lower case": (tf.strings.lower, TEXT),
    "stripped": (tf.strings.strip, TEXT),
    "a regular expression with classes": (lambda x: tf.strings.regex_replace(x, r"[[:punct:]]|\S{5}|A", "-"), TEXT),
    "a regular expression that puts back": (lambda x: tf.strings.regex_replace(x, r"(\d)(\d)", r"\2\1$"), TEXT),
    "words side by side": (
        lambda x: tf.strings.to_hash_bucket_fast(tf.strings.split(x[:, 0]), 9).to_tensor(-1, shape=[None, 2]),
        TEXT,
    ),
}


# cases whose numbers come from texts are a model of their own, which may need executeAsync
GROUPS = [[name for name, (_, given) in CASES.items() if (given is TEXT) == texts] for texts in (False, True)]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, parity.OutputError]]:
    """Backend → case → its error; all cases of a group are outputs of one model, so that Node.js starts four times and not sixty."""
    kit.need_node()
    found: dict[str, dict[str, parity.OutputError]] = {"cpu": {}, "wasm": {}}
    for group in GROUPS:
        model = _together(group, tmp_path_factory.mktemp("rules"))
        for backend, errors in found.items():
            outputs = run.in_node(model.folder, model.signature, model.given, 0, backend).outputs
            errors |= {group[int(e.name[1:])]: e for e in parity.compare(model.expected, outputs)}
    return found


def _together(names: Sequence[str], folder: Path) -> kit.Written:
    """A model with an input and an output for each case."""

    def function(**given: tf.Tensor) -> Mapping[str, tf.Tensor]:
        return {f"y{i}": CASES[name][0](given[f"x{i}"]) for i, name in enumerate(names)}

    return kit.write_function(function, {f"x{i}": CASES[name][1] for i, name in enumerate(names)}, folder)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("backend", ["cpu", "wasm"])
def test_it_says_what_tensorflow_says(
    name: str, backend: str, answers: Mapping[str, Mapping[str, parity.OutputError]]
) -> None:
    error = answers[backend][name]
    assert error.max_rel <= 1e-5, error.note


def test_words_are_equal_on_wasm_only_where_they_are(tmp_path: Path) -> None:
    kit.need_node()

    def function(a: tf.Tensor, b: tf.Tensor) -> Mapping[str, Any]:
        return {"same": tf.cast(a == b, tf.int32), "other": tf.cast(a != "The", tf.int32)}

    given = {"a": np.array([[b"The", b"cat"], [b"The", b"x"]], object), "b": np.array([[b"cat"], [b"The"]], object)}
    model = kit.write_function(function, given, tmp_path)
    assert model.worst(run.in_node(model.folder, model.signature, given, 0, "wasm").outputs) == 0
