"""The checks of lesson 19: layers, RNNs, optimizers and the break list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..judging import close, need


def dropped(dropped: Callable[[Any, float], Any]) -> None:
    import numpy as np

    got = np.asarray(dropped(np.ones(20000, "float32"), 0.9))
    need(got.shape == (20000,), f"The shape changed, to {got.shape}.")
    zeros = float((got == 0).mean())
    need(zeros > 0.0, "Nothing is dropped. Outside of `fit` a layer needs `training=True`; `tf.nn.dropout` does not.")
    need(zeros < 0.5, f"{zeros:.0%} are dropped. The old number says what is kept, the new one what is dropped.")
    need(0.08 < zeros < 0.12, f"{zeros:.1%} are dropped with keep_prob 0.9; 10 % were expected.")
    close(got.max(), 1 / 0.9, "What is kept of ones", tolerance=1e-3)


def adam(adam: Any) -> None:
    import keras

    need(isinstance(adam, keras.optimizers.Adam), f"That is no `keras.optimizers.Adam` but a {type(adam).__name__}.")
    close(float(adam.learning_rate), 0.001, "The learning rate", tolerance=1e-6)
    need(
        abs(adam.epsilon - 1e-7) > 1e-9,
        "`epsilon` is the default of Keras, 1e-7. The old program said nothing, so it had the default of 1.x.",
    )
    need(abs(adam.epsilon - 1e-8) < 1e-12, f"`epsilon` is {adam.epsilon}; the old default is 1e-8.")
    close(adam.beta_1, 0.9, "beta_1")
    close(adam.beta_2, 0.99, "beta_2")


def lstm_weights(lstm_weights: Callable[[Any, Any], Any], basic_lstm: Callable[..., Any]) -> None:
    import keras
    import numpy as np

    chance = np.random.default_rng(3)
    kernel = chance.normal(size=(3 + 5, 4 * 5)).astype("float32")
    bias = chance.normal(size=4 * 5).astype("float32")
    x = chance.normal(size=(2, 6, 3)).astype("float32")
    got = lstm_weights(kernel, bias)
    need(isinstance(got, (list, tuple)) and len(got) == 3, "Return three arrays: kernel, recurrent kernel, bias.")
    shapes = [np.shape(part) for part in got]
    need(
        shapes == [(3, 20), (5, 20), (20,)],
        f"For 3 inputs and 5 units the shapes should be (3, 20), (5, 20) and (20,); they are {shapes}.",
    )
    layer = keras.layers.LSTM(5)
    layer.build((None, 6, 3))
    right = basic_lstm(x, kernel, bias)

    def off(arrays: list[Any]) -> float:
        layer.set_weights(arrays)
        return float(np.abs(np.asarray(layer(x)) - right).max())

    if off(list(got)) < 1e-4:
        return
    forget = np.repeat([0.0, 1.0, 0.0, 0.0], 5).astype("float32")
    need(
        off([got[0], got[1], np.asarray(got[2]) + forget]) > 1e-4,
        "The gates are in order. What is missing is the 1 that the old cell added to the forget gate in every step.",
    )
    need(False, "The outputs differ. Old order of gates: i, j, f, o. Keras: i, f, c, o, where c is the old j.")


def momentum(momentum: Callable[..., Any]) -> None:
    import tensorflow as tf

    weight, kept = tf.Variable(0.0), tf.Variable(0.0)
    momentum(weight, kept, 1.0, 1.0)
    close(weight, -1.0, "After a gradient 1 with rate 1, the weight")
    momentum(weight, kept, 1.0, 0.1)
    need(
        abs(float(weight) + 2.0) > 1e-4,
        "After the second step, with rate 0.1, it is -2: that is how Keras does it. The old one keeps a sum of gradients, and "
        "multiplies by the rate at the end.",
    )
    close(weight, -1.19, "After a second gradient 1 with rate 0.1, the weight")
    close(kept, 1.9, "The sum that is kept")


def modern(modern: Callable[[], Any]) -> None:
    import numpy as np

    model = modern()
    need(model is not None, "modern() returns nothing. End with `return model`.")
    need(model.input_shape == (None, 4), f"The input should have shape (None, 4); it has {model.input_shape}.")
    got = np.asarray(model(np.random.default_rng(0).normal(size=(5, 4)).astype("float32")))
    need(got.shape == (5, 3), f"Five rows give outputs of shape {got.shape}; (5, 3) was expected.")
    need(
        np.allclose((got**2).sum(axis=1), 1.0, atol=1e-3),
        f"Rows should have length 1, as `l2_normalize` makes them; the first has {np.sqrt((got[0] ** 2).sum()):.2f}. "
        "Is the axis 1?",
    )
    need(model.optimizer is not None, "The model is not compiled.")
    close(float(model.optimizer.learning_rate), 0.1, "The learning rate", tolerance=1e-6)
    need(len(model.trainable_variables) == 2, "It should have two trainable variables, those of the Dense layer.")
