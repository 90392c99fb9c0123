"""The checks of lesson 11: transfer learning and reusing SavedModels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..judging import close, need


def reuse(reuse: Callable[..., Any], make_body: Callable[[], Any]) -> None:
    import keras
    import numpy as np

    body = make_body()
    model = reuse(body, 3)
    need(isinstance(model, keras.Model), f"A `keras.Model` is asked for; this is a {type(model).__name__}.")
    pictures = np.linspace(0.0, 1.0, 2 * 64, dtype="float32").reshape(2, 8, 8, 1)
    got = np.asarray(model(pictures))
    need(got.shape == (2, 3), f"For 2 pictures the outputs have shape {got.shape}; (2, 3) was expected.")
    count = len(model.trainable_weights)
    need(count != 0, "Nothing can be trained: the new head is frozen as well. Freeze the body, not the model.")
    need(
        count == 2,
        f"{count} weights would be trained; only the kernel and the bias of the head should be. Is the body frozen?",
    )
    kernel, bias = (weight.numpy() for weight in model.trainable_weights)
    close(got, np.asarray(body(pictures)) @ kernel + bias, "The output, as features @ kernel + bias,", tolerance=1e-3)


def features(features: Callable[..., Any], body: Any, pictures: Any) -> None:
    import numpy as np

    frozen, body.trainable = body.trainable, True
    weights = body.get_weights()
    try:
        got = features(body, pictures)
        moved = any(not np.array_equal(a, b) for a, b in zip(weights, body.get_weights(), strict=True))
    finally:
        body.set_weights(weights)
        body.trainable = frozen
    need(not moved, "The averages of batch normalization moved: the body was called as in training.")
    need(isinstance(got, np.ndarray), f"A NumPy array is asked for; this is a {type(got).__name__}.")
    close(got, body.predict(pictures, verbose=0), "The features", tolerance=1e-3)


def unfreeze(unfreeze: Callable[[Any], Any], make_body: Callable[[], Any]) -> None:
    import keras

    body = make_body()
    body.trainable = False
    unfreeze(body)
    need(
        len(body.trainable_weights) > 0,
        "Nothing can be trained: the body itself is still frozen. Unfreeze it first, then freeze parts.",
    )
    norms = [layer for layer in body.layers if isinstance(layer, keras.layers.BatchNormalization)]
    need(
        not any(layer.trainable for layer in norms),
        "Batch normalization is not frozen any more: `trainable = True` of the body set that of all its layers.",
    )
    need(
        len(body.trainable_weights) == 4,
        f"{len(body.trainable_weights)} weights can be trained; kernel and bias of the convolution and of `Dense` were expected, 4.",
    )


def from_folder(from_folder: Callable[[str], Any], path: str, pictures: Any) -> None:
    import keras
    import numpy as np
    import tensorflow as tf

    try:
        model = from_folder(path)
    except ValueError as error:
        need(
            "File format not supported" not in str(error),
            "`load_model` of Keras 3 reads .keras files. A SavedModel becomes a layer: `keras.layers.TFSMLayer`.",
        )
        raise
    need(
        isinstance(model, keras.Model),
        f"A `keras.Model` is asked for; this is a {type(model).__name__}. Put the layer between an `Input` and a `Dense`.",
    )
    got = np.asarray(model(pictures))
    need(got.shape == (len(pictures), 1), f"The outputs have shape {got.shape}; ({len(pictures)}, 1) was expected.")
    count = len(model.trainable_weights)
    need(count == 2, f"{count} weights would be trained; 2 were expected. `TFSMLayer` has an argument `trainable`.")
    kernel, bias = (weight.numpy() for weight in model.trainable_weights)
    published = tf.saved_model.load(path)  # its functions need it alive
    expected = published.serve(tf.constant(pictures)).numpy() @ kernel + bias
    close(got, expected, "The output, as features @ kernel + bias,", tolerance=1e-3)
