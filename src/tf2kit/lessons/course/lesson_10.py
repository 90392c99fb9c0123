"""Lesson 10: saving."""

from __future__ import annotations

from ..model import Exercise, Lesson, Question
from . import checks_10

_CLIP = """
{}
class Clip(keras.layers.Layer):
    def __init__(self, low=0.0, high=1.0, **others):
        super().__init__(**others)
        self.low, self.high = low, high

    def call(self, x):
        return keras.ops.clip(x, self.low, self.high)

    def get_config(self):
        return {}
"""
_REGISTER = '@keras.saving.register_keras_serializable(package="mine")'
_CONFIG = '{**super().get_config(), "low": self.low, "high": self.high}'
_SERVICE = """
class Service(tf.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    {}
    def read(self, pictures):
        logits = self.model({})
        sure = {}
        return {{"digit": tf.argmax(logits, axis=1), "sure": tf.reduce_max(sure, axis=1)}}
"""
_SIGNED = "@tf.function(input_signature=[tf.TensorSpec([None, 8, 8], tf.uint8)])"
_PIXELS = "tf.cast(pictures, tf.float32) / 16"
_RESUME = """
def resume(folder, until):
    weight, done = tf.Variable(0.0), tf.Variable(0)
    checkpoint = tf.train.Checkpoint({})
    manager = tf.train.CheckpointManager(checkpoint, folder, max_to_keep=2)
    {}
    made = 0
    while int(done) < until:
        weight.assign_add(0.1 * (1.0 - weight))
        done.assign_add(1)
        made += 1
    manager.save()
    return made, float(weight)
"""
_RESTORE = "checkpoint.restore(manager.latest_checkpoint)"
_CHOSEN = 'chosen = {{"colleague": "{}", "server": "{}", "night": "{}", "twin": "{}"}}'

LESSON = Lesson(
    number=10,
    slug="saving",
    title="Saving: .keras, SavedModel, checkpoints",
    minutes=45,
    needs=(3, 4),
    exercises=(
        Exercise(
            "10-1",
            "one file holds the whole model, with its optimizer",
            checks_10.through_file,
            hints=("Two lines: save, load.", "`keras.saving.load_model(path)`"),
            solution="""
            def through_file(model, path):
                model.save(path)
                return keras.saving.load_model(path)
            """,
            wrong=(
                "def through_file(model, path):\n    model.save(path)\n    return model",
                "def through_file(model, path):\n    model.save(path)\n    return keras.models.clone_model(model)",
                """
                def through_file(model, path):
                    model.save(path)
                    copy = keras.models.clone_model(model)
                    copy.set_weights(model.get_weights())
                    return copy
                """,
            ),
        ),
        Exercise(
            "10-2",
            "a layer is what its configuration says",
            checks_10.clip,
            hints=(
                "`get_config` returns a dictionary of all arguments of `__init__`, those of the base class included.",
                '`{**super().get_config(), "low": self.low, …}`, and a decorator above the class.',
            ),
            solution=_CLIP.format(_REGISTER, _CONFIG),
            wrong=(
                _CLIP.format(_REGISTER, "super().get_config()"),
                _CLIP.format(_REGISTER, '{**super().get_config(), "low": self.low}'),
                _CLIP.format("", _CONFIG),
            ),
        ),
        Exercise(
            "10-3",
            "what every caller must do belongs into the SavedModel",
            checks_10.service,
            hints=(
                "The decorator is `@tf.function(input_signature=[…])`, with a `TensorSpec` of type `tf.uint8`.",
                "Cast to float and divide by 16; call the model; softmax; `argmax` and `reduce_max` over axis 1.",
            ),
            solution=_SERVICE.format(_SIGNED, _PIXELS, "tf.nn.softmax(logits)"),
            wrong=(
                _SERVICE.format("", _PIXELS, "tf.nn.softmax(logits)"),
                _SERVICE.format(_SIGNED, "tf.cast(pictures, tf.float32)", "tf.nn.softmax(logits)"),
                _SERVICE.format(_SIGNED, _PIXELS, "logits"),
            ),
        ),
        Exercise(
            "10-4",
            "a loop that survives its end",
            checks_10.resume,
            hints=(
                "Three objects: the variables, a `Checkpoint` of both, a `CheckpointManager` of that.",
                "`checkpoint.restore(manager.latest_checkpoint)` before `while int(done) < until:`; `manager.save()` behind it. "
                "`restore(None)` does nothing.",
            ),
            solution=_RESUME.format("weight=weight, done=done", _RESTORE),
            wrong=(
                _RESUME.format("weight=weight", _RESTORE),
                _RESUME.format("done=done", _RESTORE),
                _RESUME.format("weight=weight, done=done", ""),
            ),
        ),
        Exercise(
            "10-5",
            "a format follows from who reads it",
            checks_10.chosen,
            hints=(
                "Ask of each: is there Python at the other end? Is there the code that builds the model? Does training go on?",
                "Each of the four formats is used once.",
            ),
            solution=_CHOSEN.format(".keras", "SavedModel", "checkpoint", ".weights.h5"),
            wrong=(
                _CHOSEN.format("SavedModel", ".keras", "checkpoint", ".weights.h5"),
                _CHOSEN.format(".keras", "SavedModel", ".weights.h5", "checkpoint"),
            ),
        ),
    ),
    quiz=(
        Question(
            "You load a `.keras` file and call `fit`. Does training go on where it stopped?",
            (
                "Yes, with the optimizer's state as well.",
                "No, the optimizer begins anew.",
                "`fit` raises: loaded models cannot be trained.",
            ),
            "a",
            "the file holds architecture, weights, and what `compile` was told, optimizer included.",
        ),
        Question(
            "`checkpoint.restore(path)` returned without an exception. What do you know?",
            (
                "All variables have the saved values.",
                "Nothing yet: ask its result, with `assert_existing_objects_matched()` or `assert_consumed()`.",
                "That names and shapes agree.",
            ),
            "b",
            "restoring is deferred, and what is not found is skipped in silence.",
        ),
        Question(
            "What does a SavedModel not contain?",
            ("The computation.", "The weights.", "Your Python classes, `fit` and `compile`."),
            "c",
            "that is why a server without Python can run it, and why you cannot edit it.",
        ),
        Question(
            "A layer has `__init__(self, rate=0.5)`, and its `get_config` forgets `rate`. You save a model with rate 0.1 and load it. What happens?",
            (
                "An exception while saving.",
                "It has rate 0.5 now, without a word.",
                "It has rate 0.1: Keras looks at the attributes.",
            ),
            "b",
            "with a default in `__init__` nothing is missing. Compare outputs before and after.",
        ),
        Question(
            "Somebody sends you a `.keras` file that loads only with `safe_mode=False`. What does that mean?",
            (
                "It was made by an old version.",
                "It contains Python code that would run on your machine. Load it only if you trust the sender.",
                "Its weights are compressed.",
            ),
            "b",
            "a `Lambda` layer is stored as byte code.",
        ),
    ),
)
