"""The checks of lesson 4: tf.keras three ways."""

from __future__ import annotations

from typing import Any

from ..judging import close, need


def parameters(parameters: Any) -> None:
    need(parameters != 7400, "7,400 are the kernels. Each unit has a bias as well.")
    need(parameters != 6500, "6,500 is the first layer. The second has 100 inputs and 10 outputs.")
    close(parameters, 64 * 100 + 100 + 100 * 10 + 10, "The number of parameters")


def fitting(fitting: Any) -> None:
    import numpy as np

    need(not isinstance(fitting, type), f"{fitting} is the class. Make an object of it, with brackets behind its name.")
    need(callable(fitting), "A loss object is asked for, such as `keras.losses.MeanSquaredError()`.")
    labels, probabilities = np.array([2, 0]), np.array([[0.1, 0.2, 0.7], [0.5, 0.25, 0.25]], "float32")
    try:
        got = float(np.mean(fitting(labels, probabilities)))
    except (ValueError, TypeError):
        need(
            False,
            "It does not take labels such as 7. A loss for whole numbers has `Sparse` in its name; others want one-hot.",
        )
    right = float(-np.log([0.7, 0.5]).mean())
    twice = float(np.mean(np.log(np.exp(probabilities).sum(1)) - probabilities[[0, 1], labels]))
    need(
        abs(got - twice) > 1e-3,
        "It takes probabilities for logits, and does the softmax a second time. See `from_logits`.",
    )
    need(
        abs(got - right) < 1e-3,
        f"For two examples it is {got:.3f}; minus the mean logarithm of the right ones is {right:.3f}.",
    )


def shortcut(shortcut: Any) -> None:
    import keras

    need(isinstance(shortcut, keras.Model), f"A `keras.Model` is asked for; this is a {type(shortcut).__name__}.")
    need(
        shortcut.input_shape == (None, 8, 8), f"The input should be pictures, (8, 8); it is {shortcut.input_shape[1:]}."
    )
    need(shortcut.output_shape == (None, 10), f"There should be 10 outputs; the shape is {shortcut.output_shape}.")
    last = shortcut.layers[-1]
    inputs = last.kernel.shape[0] if hasattr(last, "kernel") else None
    need(
        inputs != 16,
        "The last layer sees the 16 hidden units only. Join them with the 64 pixels, and give it what is joined.",
    )
    need(inputs != 128, "The last layer sees the pixels twice. One of the two that are joined is the hidden layer.")
    need(inputs == 80, f"The last layer should see 64 + 16 = 80 numbers; it sees {inputs}.")
    need(last.activation is keras.activations.linear, "The last layer has an activation. Logits have none.")


def residual(residual: Any) -> None:
    import numpy as np

    layer = residual(4)
    x = np.linspace(-1.0, 1.0, 8, dtype="float32").reshape(2, 4)
    first, second = np.asarray(layer(x)), np.asarray(layer(x))
    need(
        len(layer.weights) == 2 and np.allclose(first, second),
        f"The layer has {len(layer.weights)} weights that Keras can find; a kernel and a bias were expected. Make the `Dense` in "
        "`__init__`, as an attribute. One that is made in `call` is a new one every time.",
    )
    dense = np.maximum(x @ layer.weights[0].numpy() + layer.weights[1].numpy(), 0.0)
    need(not np.allclose(first, dense), "It returns dense(x). The input itself should be added to it.")
    close(first, x + dense, "The output for a small input")


def mine(model: Any, pictures: Any, labels: Any) -> None:
    import numpy as np

    need(
        callable(getattr(model, "predict", None)),
        f"This is a {type(model).__name__}. `fit` returns a history; the answer is the model.",
    )
    got = np.asarray(model.predict(pictures, verbose=0))
    need(
        got.shape == (len(labels), 10),
        f"For {len(labels)} pictures the outputs have shape {got.shape}; 10 each are needed.",
    )
    accuracy = float(np.mean(got.argmax(1) == labels))
    need(
        accuracy > 0.3,
        f"It reads {accuracy:.1%}. That is near guessing: was it trained (`fit`), and with a loss that fits?",
    )
    need(accuracy >= 0.97, f"It reads {accuracy:.1%}; 97 % are asked for. More epochs, more units, or convolutions.")
