"""Lesson 4: tf.keras three ways."""

from __future__ import annotations

from ..model import Exercise, Lesson, Question
from . import checks_04

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
            checks_04.parameters,
            hints=("The first layer: 64 × 100 + 100.", "The second: 100 inputs, 10 outputs, 10 biases."),
            solution="parameters = 64 * 100 + 100 + 100 * 10 + 10",
            wrong=("parameters = 64 * 100 + 100 * 10", "parameters = 64 * 100 + 100"),
        ),
        Exercise(
            "04-2",
            "the last layer and the loss fit each other",
            checks_04.fitting,
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
            checks_04.shortcut,
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
            checks_04.residual,
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
            checks_04.mine,
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
