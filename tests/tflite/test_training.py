"""Models that are trained where they run."""

import numpy as np
import pytest

from .files import make

pytestmark = pytest.mark.slow
BATCH = 4


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A small network with convolutions, pooling and batch normalization: the file, and the SavedModel that it was made of."""
    import keras
    import tensorflow as tf
    from tf2kit.tflite import training

    folder = tmp_path_factory.mktemp("training")
    keras.utils.set_random_seed(7)
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((9, 9, 1)),
            layers.Conv2D(4, 3, activation="relu", padding="same"),
            layers.MaxPooling2D(),
            layers.Conv2D(3, 2, strides=2, activation="relu6"),
            layers.BatchNormalization(),
            layers.AveragePooling2D(2),
            layers.Flatten(),
            layers.Dense(5, activation="tanh"),
            layers.Dense(3),
        ]
    )
    training.save(model, folder / "saved", learning_rate=0.1, batch=BATCH)
    made = make(str(folder / "saved"), folder / "m.tflite")
    return made, lambda: tf.saved_model.load(str(folder / "saved")).signatures


def _examples():
    draw = np.random.default_rng(3)
    return draw.normal(size=(BATCH, 9, 9, 1)).astype(np.float32), np.array([0, 1, 2, 1], np.int32)


def _interpreter(made):
    from ai_edge_litert.interpreter import Interpreter

    return Interpreter(str(made.path)).get_signature_runner


def _tensors(signature, **given):
    import tensorflow as tf

    return {name: value.numpy() for name, value in signature(**{k: tf.constant(v) for k, v in given.items()}).items()}


def test_a_file_starts_with_the_weights_of_the_model(trained):
    made, _ = trained
    assert set(made.model.signatures) == {"train", "infer", "save", "restore"}
    assert made.error() <= 1e-5


def test_steps_of_training_are_those_of_tensorflow(trained):
    made, reference = trained
    (x, y), theirs, ours = _examples(), reference(), _interpreter(made)
    losses = []
    for _ in range(10):
        losses.append(float(ours("train")(x=x, y=y)["loss"]))
        assert losses[-1] == pytest.approx(float(_tensors(theirs["train"], x=x, y=y)["loss"]), abs=1e-5)
    assert losses[-1] < losses[0] - 0.05
    weights, expected = ours("save")(), _tensors(theirs["save"])
    assert set(weights) == set(expected)
    for name, array in expected.items():
        np.testing.assert_allclose(weights[name], array, atol=1e-5)


def test_saved_weights_go_on_in_a_new_interpreter(trained):
    made, _ = trained
    (x, y), first, second = _examples(), _interpreter(made), _interpreter(made)
    before = second("infer")(x=x)["output"]
    for _ in range(5):
        first("train")(x=x, y=y)
    learnt = first("infer")(x=x)["output"]
    assert np.abs(learnt - before).max() > 1e-2
    second("restore")(**first("save")())
    np.testing.assert_array_equal(second("infer")(x=x)["output"], learnt)


def test_a_file_needs_no_op_of_tensorflow(trained):
    assert not [op for op in trained[0].info["ops"] if op.startswith("Flex")]
