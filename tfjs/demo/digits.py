"""The model of the page: a small convolutional network on the 1,797 digits of 8 by 8 pixels that scikit-learn brings."""

from __future__ import annotations

from pathlib import Path

import numpy as np

SEED = 7
# every ninth digit is kept for the test
_HELD_OUT = 9


def data() -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Images of shape (n, 8, 8, 1) from 0 to 1 and their labels: for training and for testing."""
    from sklearn.datasets import load_digits

    digits = load_digits()
    images, labels = (digits.images / 16).astype(np.float32)[..., None], digits.target
    held_out = np.arange(len(labels)) % _HELD_OUT == 0
    return (images[~held_out], labels[~held_out]), (images[held_out], labels[held_out])


def _moved(images: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each image also a pixel to the left, right, up and down, and fainter: people draw where they like."""
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1), (0, 0)))
    places = [padded[:, y : y + 8, x : x + 8] for y, x in ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))]
    return np.concatenate([*places, images * 0.8]), np.tile(labels, 6)


def train(path: Path, epochs: int = 8) -> float:
    """Train, and save as a .keras file; the share of held-out digits that it gets right."""
    import keras

    keras.utils.set_random_seed(SEED)
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1), name="image"),
            layers.Conv2D(24, 3, padding="same", activation="relu"),
            layers.Conv2D(32, 3, use_bias=False),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dropout(0.3),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax", name="digit"),
        ]
    )
    model.compile("adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    (images, labels), test = data()
    model.fit(*_moved(images, labels), batch_size=64, epochs=epochs, verbose=0)
    model.save(path)
    return float(model.evaluate(*test, verbose=0)[1])
