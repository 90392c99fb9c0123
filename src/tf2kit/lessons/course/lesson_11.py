"""Lesson 11: transfer learning and reusing SavedModels."""

from __future__ import annotations

from ..model import Exercise, Lesson, Question
from . import checks_11

_REUSE = """
def reuse(body, outputs):
    {}
    model = keras.Sequential([keras.Input(shape=(8, 8, 1)), body, keras.layers.Dense(outputs)])
    {}
    return model
"""
_FOLDER = """
def from_folder(path):
    body = keras.layers.TFSMLayer(path, call_endpoint="serve", trainable={})
    return keras.Sequential([keras.Input(shape=(8, 8, 1)), body{}])
"""

LESSON = Lesson(
    number=11,
    slug="transfer_learning",
    title="Transfer learning and reusing SavedModels",
    minutes=40,
    needs=(4,),
    rules=("CTB202",),
    exercises=(
        Exercise(
            "11-1",
            "a new question needs a new head, not a new body",
            checks_11.reuse,
            hints=("`body.trainable = False` first.", "`keras.Sequential([body, keras.layers.Dense(outputs)])`"),
            solution=_REUSE.format("body.trainable = False", "model.build((None, 8, 8, 1))"),
            wrong=(
                _REUSE.format("body.trainable = True", "model.build((None, 8, 8, 1))"),
                _REUSE.format("body.trainable = False", "model.trainable = False"),
            ),
        ),
        Exercise(
            "11-2",
            "features of a frozen body are computed once",
            checks_11.features,
            hints=("`predict` does it: in batches, and as in use.", "Its argument `verbose=0` keeps it quiet."),
            solution="""
            def features(body, pictures):
                return body.predict(pictures, verbose=0)
            """,
            wrong=(
                "def features(body, pictures):\n    return np.asarray(body(pictures, training=True))",
                "def features(body, pictures):\n    return body(pictures)",
            ),
        ),
        Exercise(
            "11-3",
            "a frozen model freezes what is in it, whatever its layers say",
            checks_11.unfreeze,
            hints=(
                "First the whole body: `body.trainable = True`.",
                "Then `layer.trainable = False` where it has to stay.",
            ),
            solution="""
            def unfreeze(body):
                body.trainable = True
                for layer in body.layers:
                    if isinstance(layer, keras.layers.BatchNormalization):
                        layer.trainable = False
            """,
            wrong=(
                """
                def unfreeze(body):
                    for layer in body.layers:
                        if not isinstance(layer, keras.layers.BatchNormalization):
                            layer.trainable = True
                """,
                "def unfreeze(body):\n    body.trainable = True",
            ),
        ),
        Exercise(
            "11-4",
            "a SavedModel is a layer, even when nobody has its source",
            checks_11.from_folder,
            hints=(
                "A `Sequential` of an `Input`, a `TFSMLayer` and a `Dense`.",
                '`keras.layers.TFSMLayer(path, call_endpoint="serve", trainable=False)`',
            ),
            solution=_FOLDER.format("False", ", keras.layers.Dense(1)"),
            wrong=(
                _FOLDER.format("True", ", keras.layers.Dense(1)"),
                _FOLDER.format("False", ""),
                "def from_folder(path):\n    return keras.models.load_model(path)",
            ),
        ),
    ),
    quiz=(
        Question(
            "You have a million labelled pictures of your own, and much time. Is a published body needed?",
            (
                "Yes: training from scratch never gets there.",
                "Hardly: it saves time at the start. It matters most when labels are few.",
                "No: it would make the result worse.",
            ),
            "b",
            "the fewer labels you have, the more what others' data have taught is worth.",
        ),
        Question(
            "You fine-tune everything at once with the rate that suited the new head. What is likely?",
            (
                "The body loses what it knew: large steps follow the gradients of a head that is still random.",
                "It is the same, only sooner.",
                "An exception: rates must be below 0.001.",
            ),
            "a",
            "head first, with the body frozen; then all of it, in small steps.",
        ),
        Question(
            "A frozen body with batch normalization is called with `training=True`. What does the normalization do?",
            (
                "It uses the batch, and updates its averages.",
                "It raises an error.",
                "It uses its averages, and leaves them as they are.",
            ),
            "c",
            "for this layer, `trainable = False` means: work as in use.",
        ),
        Question(
            "What do you need besides a SavedModel to call it in Python?",
            (
                "The Python class that made it.",
                "TensorFlow: the computation and the weights are in the folder.",
                "The version of Keras that wrote it.",
            ),
            "b",
            "that is what it is for; a `.keras` file does need the classes.",
        ),
    ),
)
