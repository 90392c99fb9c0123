"""Lesson 4: tf.keras three ways."""

from __future__ import annotations

from typing import Any

from ..judging import close, need
from ..model import Exercise, Lesson, Question


def _parameters(parameters: Any) -> None:
    need(parameters != 7400, "7,400 are the kernels. Each unit has a bias as well.")
    need(parameters != 6500, "6,500 is the first layer. The second has 100 inputs and 10 outputs.")
    close(parameters, 64 * 100 + 100 + 100 * 10 + 10, "The number of parameters")


def _fitting(fitting: Any) -> None:
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


def _shortcut(shortcut: Any) -> None:
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


def _residual(residual: Any) -> None:
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


def _mine(model: Any, pictures: Any, labels: Any) -> None:
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


_SHORTCUT = """
inputs = keras.Input(shape=(8, 8))
pixels = keras.layers.Flatten()(inputs)
units = keras.layers.Dense(16, activation="relu")(pixels)
{}
"""
_MINE = """
mine = keras.Sequential(
    [
        keras.Input(shape=(8, 8)),
        {}
        keras.layers.Flatten(),
        keras.layers.Dense(10),
    ]
)
{}
"""
_FIT = """
mine.compile(optimizer=keras.optimizers.Adam(0.003), loss=cross_entropy)
mine.fit(train_x, train_y, batch_size=64, epochs={}, verbose=0)
"""
_CONVOLUTION = """keras.layers.Reshape((8, 8, 1)),
        keras.layers.Conv2D(48, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(64, 3, padding="same", activation="relu"),
        keras.layers.Dropout(0.3),"""

LESSON = Lesson(
    number=4,
    slug="keras_three_ways",
    title="tf.keras three ways",
    minutes=45,
    needs=(2, 3),
    rules=("RUN402", "RUN404"),
    exercises=(
        Exercise(
            "04-1",
            "kernels and biases are what a network learns",
            _parameters,
            hints=("The first layer: 64 × 100 + 100.", "The second: 100 inputs, 10 outputs, 10 biases."),
            solution="parameters = 64 * 100 + 100 + 100 * 10 + 10",
            wrong=("parameters = 64 * 100 + 100 * 10", "parameters = 64 * 100 + 100"),
        ),
        Exercise(
            "04-2",
            "the last layer and the loss fit each other",
            _fitting,
            hints=(
                "Whole numbers as labels: `Sparse…`. Who does the softmax here, the model or the loss?",
                "`from_logits=False` is the default.",
            ),
            solution="fitting = keras.losses.SparseCategoricalCrossentropy()",
            wrong=(
                "fitting = keras.losses.SparseCategoricalCrossentropy(from_logits=True)",
                "fitting = keras.losses.CategoricalCrossentropy()",
                "fitting = keras.losses.SparseCategoricalCrossentropy",
            ),
        ),
        Exercise(
            "04-3",
            "a graph of layers may branch and join",
            _shortcut,
            hints=(
                "Keep the flattened pixels under a name; you need them twice.",
                "`keras.layers.Concatenate()([pixels, units])`, and `Dense(10)` is called on that.",
            ),
            solution=_SHORTCUT.format(
                "joined = keras.layers.Concatenate()([pixels, units])\n"
                "shortcut = keras.Model(inputs, keras.layers.Dense(10)(joined))"
            ),
            wrong=(
                _SHORTCUT.format("shortcut = keras.Model(inputs, keras.layers.Dense(10)(units))"),
                _SHORTCUT.format(
                    "joined = keras.layers.Concatenate()([pixels, units])\n"
                    'shortcut = keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(joined))'
                ),
                _SHORTCUT.format("joined = keras.layers.Concatenate()([pixels, units])\nshortcut = joined"),
            ),
        ),
        Exercise(
            "04-4",
            "layers are made once and called often",
            _residual,
            hints=(
                'Make `self.dense = keras.layers.Dense(units, activation="relu")` in `__init__`, after `super().__init__()`.',
                "`call` needs one line, and it contains a `+`.",
            ),
            solution="""
            class Residual(keras.layers.Layer):
                def __init__(self, units):
                    super().__init__()
                    self.dense = keras.layers.Dense(units, activation="relu")

                def call(self, x):
                    return x + self.dense(x)
            """,
            wrong=(
                """
                class Residual(keras.layers.Layer):
                    def __init__(self, units):
                        super().__init__()
                        self.units = units

                    def call(self, x):
                        return x + keras.layers.Dense(self.units, activation="relu")(x)
                """,
                """
                class Residual(keras.layers.Layer):
                    def __init__(self, units):
                        super().__init__()
                        self.dense = keras.layers.Dense(units, activation="relu")

                    def call(self, x):
                        return self.dense(x)
                """,
            ),
        ),
        Exercise(
            "04-5",
            "97 % of the digits that it never saw, and it is yours",
            _mine,
            hints=(
                "Start from the network above and change one thing.",
                "Convolutions see neighbours; dropout keeps a network from learning pictures by heart. 15 epochs suffice.",
            ),
            solution=_MINE.format(_CONVOLUTION, _FIT.format(14)),
            wrong=(_MINE.format("", _FIT.format(2)), _MINE.format(_CONVOLUTION, "")),
        ),
    ),
    quiz=(
        Question(
            "A classifier of 100 classes starts with a loss of 4.6 and stays there. What do you conclude?",
            (
                "It is nearly perfect.",
                "It knows nothing: 4.6 is the logarithm of 100. Something keeps it from learning.",
                "The loss is in percent.",
            ),
            "b",
            "compare a first loss with the logarithm of the number of classes.",
        ),
        Question(
            "A model ends with softmax, the loss has `from_logits=True`. What happens?",
            (
                "An exception in `compile`.",
                "Nothing: Keras notices and does the right thing.",
                "It trains, but badly: the softmax is done twice.",
            ),
            "c",
            "wrong, and nearly silent. The first loss is a clue.",
        ),
        Question(
            "Your network has two inputs, a picture and a table row. Which way do you choose first?",
            ("The graph of layers.", "The list of layers.", "Three classes."),
            "a",
            "a list has one input; a class is not needed as long as nothing depends on values.",
        ),
        Question(
            "A layer of yours creates a `Dense` inside `call`. What is wrong with that?",
            (
                "It is slow, but correct.",
                "Each call makes new random weights, and no optimizer ever trains them.",
                "Layers may not contain layers.",
            ),
            "b",
            "make layers in `__init__` and call them in `call`.",
        ),
        Question(
            "Why is a part of the data put aside and never trained on?",
            (
                "To make training faster.",
                "Because 97 % on pictures that were learnt by heart would say nothing about new ones.",
                "Because Keras needs it for `compile`.",
            ),
            "b",
            "what counts is what the network does with what it has not seen.",
        ),
    ),
)
