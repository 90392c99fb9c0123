"""Trainer: a small network for 8 × 8 pixels, with its scaling inside, so that who serves it sends what the CSV holds."""

from __future__ import annotations

import keras
import numpy as np


def train(images: np.ndarray, labels: np.ndarray, epochs: int, seed: int = 7) -> keras.Model:
    """A trained network: float32 [N, 64] from 0 to 16 in, probabilities [N, 10] out."""
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((64,), name="pixels"),
            keras.layers.Rescaling(1 / 16),
            keras.layers.Reshape((8, 8, 1)),
            keras.layers.Conv2D(16, 3, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10, activation="softmax", name="probabilities"),
        ]
    )
    model.compile(keras.optimizers.Adam(2e-3), "sparse_categorical_crossentropy")
    model.fit(images, labels, batch_size=32, epochs=epochs, verbose=0)
    return model
