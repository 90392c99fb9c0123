"""Lesson 6: training loops, from fit to a loop from scratch."""

from __future__ import annotations

from ..model import Exercise, Lesson, Question
from . import checks_06

_STOP = """
class StopAt(keras.callbacks.Callback):
    def __init__(self, wanted):
        super().__init__()
        self.wanted = wanted

    def on_epoch_end(self, epoch, logs=None):
        if {}:
            {} = True
"""
_HARDEST = """
class Hardest(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            each = keras.losses.sparse_categorical_crossentropy(y, self(x, training=True), from_logits=True)
            loss = {}
        gradients = tape.gradient(loss, self.trainable_variables)
        {}
        return {{"loss": loss}}
"""
_HALF = "tf.reduce_mean(tf.math.top_k(each, tf.shape(each)[0] // 2).values)"
_APPLY = "self.optimizer.apply(gradients, self.trainable_variables)"
_STEP = """
def make_step(model, optimizer, loss_of):
    {}
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = {}
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    return step
"""
_MEAN = """
def mean_loss(model, loss_of, dataset):
    total, count = 0.0, 0
    for x, y in dataset:
        total += {}
        count += {}
    return total / count
"""
_TRAIN = """
def train(model, optimizer, loss_of, dataset, epochs):
    losses, mean = [], keras.metrics.Mean()
    for _ in range(epochs):
        {}
        for x, y in dataset:
            with tf.GradientTape() as tape:
                loss = loss_of(y, {})
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
            mean.update_state(loss)
        losses.append(float(mean.result()))
    return losses
"""

LESSON = Lesson(
    number=6,
    slug="training_loops",
    title="Training loops: fit, callbacks, train_step, from scratch",
    minutes=45,
    needs=(3, 4),
    rules=("NAT500", "RUN402"),
    exercises=(
        Exercise(
            "06-1",
            "a callback looks at `logs` and steers the model",
            checks_06.stop_at,
            hints=(
                '`logs` is a dictionary; `logs.get("val_accuracy", 0)` is 0 when there is none.',
                "Set `self.model.stop_training = True`.",
            ),
            solution=_STOP.format('logs.get("val_accuracy", 0) >= self.wanted', "self.model.stop_training"),
            wrong=(
                _STOP.format('logs.get("accuracy", 0) >= self.wanted', "self.model.stop_training"),
                _STOP.format('logs["val_accuracy"] >= self.wanted', "self.model.stop_training"),
                _STOP.format('logs.get("val_accuracy", 0) >= self.wanted', "self.stop_training"),
            ),
        ),
        Exercise(
            "06-2",
            "a step of your own, and the rest is done by `fit`",
            checks_06.hardest,
            hints=(
                "`keras.losses.sparse_categorical_crossentropy(y, outputs, from_logits=True)` has one loss for each example.",
                "`tf.math.top_k(each, k).values` are the `k` largest; `k` is `tf.shape(each)[0] // 2`.",
                "Copy `Watched` from above and replace the line with the loss.",
            ),
            solution=_HARDEST.format(_HALF, _APPLY),
            wrong=(
                _HARDEST.format("tf.reduce_mean(each)", _APPLY),
                _HARDEST.format(_HALF.replace("mean", "sum"), _APPLY),
                _HARDEST.format(_HALF, ""),
                _HARDEST.format(
                    _HALF.replace("each, ", "-each, ").replace("tf.reduce_mean", "-tf.reduce_mean"), _APPLY
                ),
            ),
        ),
        Exercise(
            "06-3",
            "training=True, the model's own losses, and a graph",
            checks_06.make_step,
            hints=(
                "It is the step above, inside of a function, with two things more.",
                "`loss_of(y, model(x, training=True)) + tf.add_n(model.losses)`, or Python's `sum`, inside the tape.",
            ),
            solution=_STEP.format("@tf.function", "loss_of(y, model(x, training=True)) + sum(model.losses)"),
            wrong=(
                _STEP.format("@tf.function", "loss_of(y, model(x, training=True))"),
                _STEP.format("@tf.function", "loss_of(y, model(x)) + sum(model.losses)"),
                _STEP.format("", "loss_of(y, model(x, training=True)) + sum(model.losses)"),
            ),
        ),
        Exercise(
            "06-4",
            "each example counts alike, whatever the size of its batch",
            checks_06.mean_loss,
            hints=(
                "The mean of a batch times its size is its sum.",
                "Or `keras.metrics.Mean()`, with `update_state(loss, sample_weight=len(x))`.",
            ),
            solution=_MEAN.format("float(loss_of(y, model(x, training=False))) * len(x)", "len(x)"),
            wrong=(
                _MEAN.format("float(loss_of(y, model(x, training=False)))", "1"),
                _MEAN.format("float(loss_of(y, model(x, training=True))) * len(x)", "len(x)"),
                _MEAN.format("float(loss_of(y, model(x, training=False))) * len(x)", "len(x)").replace(" / count", ""),
            ),
        ),
        Exercise(
            "06-5",
            "metrics begin anew in each epoch, and training is said to the model",
            checks_06.train,
            hints=(
                "What does `mean` hold when the second epoch begins?",
                "And what does `model(x)` do when it has a `Dropout` layer?",
            ),
            solution=_TRAIN.format("mean.reset_state()", "model(x, training=True)"),
            wrong=(
                _TRAIN.format("mean.reset_state()", "model(x)"),
                _TRAIN.format("", "model(x, training=True)").replace("        \n", ""),
            ),
        ),
    ),
    quiz=(
        Question(
            "In the first epoch the training loss is larger than that of unseen data. What do you conclude?",
            (
                "Nothing yet: the one is an average over the epoch, with dropout at work, the other is measured at its end.",
                "The two sets were mixed up.",
                "The network learns the unseen data by heart.",
            ),
            "a",
            "to compare, `evaluate` both at the same time.",
        ),
        Question(
            "`EarlyStopping(patience=10)` ended a training. Which weights has the model?",
            ("Those of the best epoch.", "Those of ten epochs later.", "Those of the first epoch."),
            "b",
            "unless you ask for `restore_best_weights=True`.",
        ),
        Question(
            "You need the gradient's length in the curves of `fit`. On which floor is that?",
            (
                "A callback: it gets the gradients in `logs`.",
                "A loop from scratch.",
                "`train_step`: return it with the loss.",
            ),
            "c",
            "callbacks see what a step returns, and gradients live inside the step.",
        ),
        Question(
            "A model with `kernel_regularizer` overfits in your own loop and not with `fit`. Where do you look?",
            (
                "At the order of the data.",
                "Whether `model.losses` is added to the loss, and `training=True` is passed.",
                "At the learning rate of the regularizer.",
            ),
            "b",
            "both do nothing unless the loop asks for them.",
        ),
        Question(
            "Your step works with `run_eagerly=True`, and takes twenty times as long. What do you do?",
            (
                "Find the mistake with it, then take it away again.",
                "Keep it: it is the honest way.",
                "Make the batches smaller.",
            ),
            "a",
            "it is for looking inside; a graph is for training.",
        ),
    ),
)
