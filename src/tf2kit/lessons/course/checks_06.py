"""The checks of lesson 6: training loops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..judging import close, need


def stop_at(stop_at: Any) -> None:
    import keras

    callback = stop_at(0.9)
    model = keras.Sequential([keras.Input(shape=(1,)), keras.layers.Dense(1)])
    callback.set_model(model)
    model.stop_training = False
    callback.on_epoch_end(0, {"accuracy": 0.99, "val_accuracy": 0.5})
    need(
        not model.stop_training,
        "It stopped at a `val_accuracy` of 0.5 where 0.9 was wanted (and `accuracy` was 0.99). Which of the two do you read, and how?",
    )
    try:
        callback.on_epoch_end(1, {"accuracy": 0.99})
    except (KeyError, TypeError):
        need(
            False,
            "It raises when `logs` has no `val_accuracy`, as without validation data. `logs.get(name, default)` helps.",
        )
    need(not model.stop_training, "It stopped without any `val_accuracy`.")
    callback.on_epoch_end(2, {"accuracy": 0.8, "val_accuracy": 0.9})
    need(
        model.stop_training,
        "It goes on at a `val_accuracy` of 0.9 where 0.9 was wanted. `fit` looks at `self.model.stop_training`, nowhere else.",
    )


def hardest(hardest: Any) -> None:
    import keras
    import numpy as np
    import tensorflow as tf

    inputs = keras.Input(shape=(2,))
    model = hardest(inputs, keras.layers.Dense(3, use_bias=False, kernel_initializer="zeros")(inputs))
    model.compile(
        optimizer=keras.optimizers.SGD(1.0), loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    )
    kernel = np.array([[1.0, 0.0, -1.0], [0.5, 0.2, 0.0]], "float32")
    x = np.array([[1.0, 0.0], [2.0, 1.0], [-1.0, 3.0], [0.5, 0.5]], "float32")
    y = np.array([0, 2, 1, 2])
    model.set_weights([kernel])

    def after(choose: Callable[[Any], Any]) -> Any:
        weight = tf.Variable(kernel)
        with tf.GradientTape() as tape:
            each = tf.nn.sparse_softmax_cross_entropy_with_logits(y, tf.matmul(x, weight))
            loss = choose(tf.sort(each))
        return kernel - tape.gradient(loss, weight).numpy()

    said = model.train_step((x, y))
    got = model.get_weights()[0]
    need(
        not np.allclose(got, kernel),
        "The weights did not change. Apply the gradients: `self.optimizer.apply(gradients, variables)`.",
    )
    need(
        not np.allclose(got, after(tf.reduce_mean), atol=1e-4),
        "It learns from all examples alike. `tf.math.top_k` finds the largest losses.",
    )
    need(
        not np.allclose(got, after(lambda e: tf.reduce_mean(e[:2])), atol=1e-4),
        "It learns from the easier half. The hard ones have the *larger* loss.",
    )
    need(
        not np.allclose(got, after(lambda e: tf.reduce_sum(e[2:])), atol=1e-4),
        "It takes the sum of the hardest losses, so the step is too large. Take their mean.",
    )
    close(got, after(lambda e: tf.reduce_mean(e[2:])), "The kernel after one step on four examples", tolerance=1e-3)
    need(isinstance(said, dict) and "loss" in said, '`train_step` should return a dictionary with "loss".')
    close(said["loss"], np.sort(_each(x @ kernel, y))[2:].mean(), "The loss that it returns")


def _each(logits: Any, y: Any) -> Any:
    """Cross-entropy of each example."""
    import numpy as np

    return np.log(np.exp(logits).sum(1)) - logits[range(len(y)), y]


def _probe(rate: float = 0.0) -> tuple[Any, list[Any]]:
    """A linear model with a layer that notes which ``training`` it was called with, and a regularised kernel."""
    import keras

    seen: list[Any] = []

    class Probe(keras.layers.Layer):  # type: ignore[misc]
        def call(self, x: Any, training: Any = False) -> Any:
            seen.append(bool(training))
            return x

    regularizer = keras.regularizers.L2(rate) if rate else None
    dense = keras.layers.Dense(1, kernel_initializer="ones", kernel_regularizer=regularizer)
    model = keras.Sequential([keras.Input(shape=(2,)), Probe(), dense])
    seen.clear()
    return model, seen


def _squares(y: Any, outputs: Any) -> Any:
    import tensorflow as tf

    return tf.reduce_mean((y - outputs) ** 2)


def make_step(make_step: Callable[..., Any]) -> None:
    import keras
    import numpy as np
    import tensorflow as tf

    model, seen = _probe(rate=0.5)
    step = make_step(model, keras.optimizers.SGD(0.1), _squares)
    need(callable(step), f"make_step should return a function; it returns a {type(step).__name__}.")
    need(
        hasattr(step, "get_concrete_function"),
        "The function that you return is plain Python. Decorate it with `@tf.function`.",
    )
    x, y = tf.constant([[1.0, 2.0], [0.0, 1.0]]), tf.constant([[1.0], [2.0]])
    loss = step(x, y)
    need(loss is not None, "step(x, y) returns nothing; the loss is asked for.")
    need(seen and all(seen), "The model was called without `training=True`: dropout would do nothing.")
    need(
        abs(float(loss) - 2.5) > 1e-3,
        "The loss is that of the data alone, and so the kernel is not held small as its `kernel_regularizer` asks. Add `model.losses`.",
    )
    close(loss, 3.5, "The loss of the first step")
    kernel, bias = model.get_weights()
    need(not np.allclose(kernel, 1.0), "The weights did not change.")
    close(kernel, [[0.7], [0.6]], "The kernel after one step of gradient descent", tolerance=1e-3)
    close(bias, [-0.1], "The bias after one step", tolerance=1e-3)


def mean_loss(mean_loss: Callable[..., Any]) -> None:
    import numpy as np
    import tensorflow as tf

    model, seen = _probe()
    x = np.arange(10, dtype="float32").reshape(5, 2)
    y = np.zeros((5, 1), "float32")
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(2)
    got = mean_loss(model, _squares, dataset)
    need(got is not None, "mean_loss(…) returns nothing. End it with `return …`.")
    each = x.sum(1) ** 2
    of_batches = [each[:2].mean(), each[2:4].mean(), each[4:].mean()]
    need(
        abs(float(got) - float(np.mean(of_batches))) > 1e-3,
        "That is the mean of the batches. The last batch has one example, and it counts as much as the two of another. Weigh by `len(x)`.",
    )
    need(abs(float(got) - float(np.sum(of_batches))) > 1e-3, "That is the sum over the batches.")
    need(abs(float(got) - float(each.sum())) > 1e-3, "That is the sum over all examples. Divide by their number.")
    close(got, each.mean(), "The mean loss of five examples in batches of two")
    need(not any(seen), "It is right here, but `training=True` was passed: dropout would be at work while you measure.")


def train(train: Callable[..., Any]) -> None:
    import keras
    import numpy as np
    import tensorflow as tf

    model, seen = _probe()
    x = np.linspace(-1.0, 1.0, 16, dtype="float32").reshape(8, 2)
    y = (x @ np.array([[2.0], [-1.0]]) + 1.0).astype("float32")
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(4)
    optimizer = keras.optimizers.SGD(0.1)
    got = train(model, optimizer, _squares, dataset, 4)
    need(isinstance(got, list) and len(got) == 4, f"For 4 epochs a list of 4 losses is expected; it is {got}.")
    need(
        int(optimizer.iterations) == 8,
        f"The optimizer made {int(optimizer.iterations)} steps; 4 epochs of 2 batches are 8.",
    )
    right = _losses(x, y, epochs=4)
    need(
        not np.allclose(got, np.cumsum(right) / np.arange(1, 5), atol=1e-4),
        "Each number is the mean since the beginning of all epochs. `reset_state` begins anew.",
    )
    need(np.ndim(got) == 1 and not np.allclose(got[1:], got[0]), "The losses do not fall.")
    need(
        seen and all(seen),
        "The model is called without `training=True`. In training dropout and batch normalization need it.",
    )
    close(got, right, "The mean losses of the epochs", tolerance=1e-3)


def _losses(x: Any, y: Any, epochs: int) -> list[float]:
    """What right code gets for the linear model: the mean loss of each epoch, two batches of four, gradient descent by 0.1."""
    import numpy as np

    kernel, bias = np.ones((2, 1)), 0.0
    means = []
    for _ in range(epochs):
        losses = []
        for rows in (slice(0, 4), slice(4, 8)):
            error = x[rows] @ kernel + bias - y[rows]
            losses.append(float(np.mean(error**2)))
            kernel = kernel - 0.1 * x[rows].T @ (2 * error / 4)
            bias -= 0.1 * float(np.mean(2 * error))
        means.append(float(np.mean(losses)))
    return means
