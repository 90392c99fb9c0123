"""Lesson 19: layers, RNNs, optimizers, and the Keras 3 break list."""

from __future__ import annotations

from ..model import Exercise, Lesson, Question
from . import checks_19

_LSTM = """
def lstm_weights(kernel, bias):
    units = len(bias) // 4
    i, j, f, o = np.split(kernel, 4, axis=1)
    bias_i, bias_j, bias_f, bias_o = np.split(bias, 4)
    both = np.concatenate({}, axis=1)
    new_bias = np.concatenate({})
    return [both[:-units], both[-units:], new_bias]
"""
_ORDER = "[i, f, j, o]"
_MODERN = """
def modern():
    inputs = keras.Input(shape=(4,))
    hidden = keras.layers.Dense(3)(inputs)
    model = keras.Model(inputs, {})
    model.compile(optimizer={}, loss="mse")
    return model
"""
_LENGTH_1 = "keras.layers.UnitNormalization(axis=1)(hidden)"

LESSON = Lesson(
    number=19,
    slug="layers_rnns_optimizers",
    title="Layers, RNNs, optimizers, and the Keras 3 break list",
    minutes=40,
    needs=(4, 17),
    rules=("RUN402", "RUN404"),
    exercises=(
        Exercise(
            "19-1",
            "what was kept is not what is dropped",
            checks_19.dropped,
            hints=("`tf.nn.dropout(x, rate=…)` works without a layer.", "Of ten, nine were kept. How many go?"),
            solution="def dropped(x, keep_prob):\n    return tf.nn.dropout(x, rate=1 - keep_prob)",
            wrong=(
                "def dropped(x, keep_prob):\n    return tf.nn.dropout(x, rate=keep_prob)",
                "def dropped(x, keep_prob):\n    return keras.layers.Dropout(1 - keep_prob)(x)",
            ),
        ),
        Exercise(
            "19-2",
            "weights of 2016 in a layer of today",
            checks_19.lstm_weights,
            hints=(
                "Split the columns into four blocks i, j, f, o; join them as i, f, j, o. The bias too.",
                "The last `units` rows belong to the state: they are the recurrent kernel. And 1 more for the bias of f.",
            ),
            solution=_LSTM.format(_ORDER, "[bias_i, bias_f + 1.0, bias_j, bias_o]"),
            wrong=(
                _LSTM.format("[i, j, f, o]", "[bias_i, bias_j, bias_f, bias_o]"),
                _LSTM.format(_ORDER, "[bias_i, bias_f, bias_j, bias_o]"),
                _LSTM.format("[i, j, f, o]", "[bias_i, bias_f + 1.0, bias_j, bias_o]"),
            ),
        ),
        Exercise(
            "19-3",
            "a default that nobody wrote is part of a program",
            checks_19.adam,
            hints=("The table has the old epsilon.", "`beta2=0.99` is `beta_2=0.99`."),
            solution="adam = keras.optimizers.Adam(0.001, beta_2=0.99, epsilon=1e-8)",
            wrong=(
                "adam = keras.optimizers.Adam(0.001, beta_2=0.99)",
                "adam = keras.optimizers.Adam(0.001, epsilon=1e-8)",
                "adam = tf.compat.v1.train.AdamOptimizer(0.001, beta2=0.99)",
            ),
        ),
        Exercise(
            "19-4",
            "the rate outside of the sum",
            checks_19.momentum,
            hints=(
                "Two lines, both with `assign`. The first does not need the rate.",
                "`kept.assign(0.9 * kept + gradient)`, and then?",
            ),
            solution="""
            def momentum(weight, kept, gradient, rate):
                kept.assign(0.9 * kept + gradient)
                weight.assign_sub(rate * kept)
            """,
            wrong=(
                """
                def momentum(weight, kept, gradient, rate):
                    kept.assign(0.9 * kept - rate * gradient)
                    weight.assign_add(kept)
                """,
                """
                def momentum(weight, kept, gradient, rate):
                    kept = 0.9 * kept + gradient
                    weight.assign_sub(rate * kept)
                """,
            ),
        ),
        Exercise(
            "19-5",
            "five breaks mended in five lines",
            checks_19.modern,
            hints=(
                "`shape=(4,)`; `learning_rate`. For the operation: a Keras layer or `keras.ops`.",
                "`keras.layers.UnitNormalization(axis=1)` is `l2_normalize`.",
            ),
            solution=_MODERN.format(_LENGTH_1, "keras.optimizers.SGD(learning_rate=0.1)"),
            wrong=(
                _MODERN.format("tf.nn.l2_normalize(hidden, 1)", "keras.optimizers.SGD(learning_rate=0.1)"),
                _MODERN.format(_LENGTH_1, 'keras.optimizers.SGD(**{"lr": 0.1})'),
                _MODERN.format(_LENGTH_1, '"sgd"'),
                _MODERN.format("hidden", "keras.optimizers.SGD(learning_rate=0.1)"),
            ),
        ),
    ),
    quiz=(
        Question(
            "You copy the kernel of an old `BasicLSTMCell` into a Keras LSTM, cut in two but not reordered. What happens?",
            (
                "Keras refuses it.",
                "It computes something else, without a word: all gates have the same shape.",
                "Nothing: gates have names.",
            ),
            "b",
            "shapes cannot tell gates apart. Compare outputs.",
        ),
        Question(
            "An old program trains with momentum and a decaying rate. Which translation gives the same weights?",
            (
                "`SGD(momentum=0.9)` with the same schedule.",
                "Your own step, which multiplies the kept sum by the rate.",
                "Adam.",
            ),
            "b",
            "Keras has the rate inside of the sum. With a constant rate both are the same.",
        ),
        Question(
            "What is the safest way to keep an old `tf.layers` program as it is?",
            (
                "Keras 2 under `TF_USE_LEGACY_KERAS=1`, as `tf2kit migrate` does.",
                "Replace `tf.layers` by `keras.layers` with an editor.",
                "Pin TensorFlow 1.15.",
            ),
            "a",
            "it is the same code as then. TensorFlow 1.15 needs Python 3.7.",
        ),
        Question(
            "A Keras 2 program has `SGD(0.1, decay=1e-3)`. What does Keras 3 do with `decay`?",
            ("It decays as before.", "It raises.", "It warns once and ignores it: the rate stays."),
            "c",
            "use a schedule, such as `InverseTimeDecay`.",
        ),
    ),
)
