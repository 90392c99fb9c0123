"""The Keras models of the zoo: small, without downloads, seeded by the caller; `zoo.py` perturbs their weights."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

keras = tf.keras
layers = keras.layers

CITIES = ["Berlin", "Lagos", "Lima", "Oslo", "Pune"]
JOBS = ["baker", "nurse", "pilot"]
TEXTS = ["the cat sat on the mat", "a red dog ran", "the dog sat on a road"]


def mlp() -> Any:
    """Dense layers with the exact GELU, which is Erfc inside."""
    x = keras.Input((16,), name="features")
    y = layers.Dense(32, activation="gelu")(x)
    y = layers.Dense(24, activation="gelu")(y)
    return keras.Model(x, layers.Dense(5, activation="softmax", name="classes")(y))


def cnn() -> Any:
    """Convolutions with batch normalization and dropout."""
    x = keras.Input((28, 28, 1), name="image")
    y = x
    for filters in (8, 16):
        y = layers.Conv2D(filters, 3, padding="same")(y)
        y = layers.ReLU()(layers.BatchNormalization()(y))
        y = layers.Dropout(0.3)(layers.MaxPooling2D()(y))
    y = layers.Dense(32, activation="relu")(layers.Flatten()(y))
    return keras.Model(x, layers.Dense(10, activation="softmax", name="digit")(y))


def sepconv() -> Any:
    """Separable and dilated convolutions, PReLU, bilinear resizing, and a group normalization."""
    x = keras.Input((24, 24, 3), name="image")
    y = layers.PReLU(shared_axes=[1, 2])(layers.SeparableConv2D(8, 3, padding="same")(x))
    y = layers.Conv2D(8, 3, dilation_rate=2, padding="same", activation="relu6")(y)
    y = layers.GroupNormalization(4)(y)
    y = layers.DepthwiseConv2D(3, strides=2, padding="same", activation="swish")(y)
    y = layers.UpSampling2D(2, interpolation="bilinear")(y)
    return keras.Model(x, layers.Conv2D(4, 1, name="mask")(layers.Concatenate()([x, y])))


def mobilenetv2() -> Any:
    """MobileNetV2 0.35 on 96 × 96 pixels."""
    return keras.applications.MobileNetV2((96, 96, 3), alpha=0.35, weights=None, classes=100)


def resnet50() -> Any:
    """ResNet50 on 64 × 64 pixels, so that plain JavaScript runs it in seconds."""
    model = keras.applications.ResNet50(input_shape=(64, 64, 3), weights=None, classes=100)
    return _weak_branches(model, "_3_bn")


def _weak_branches(model: Any, last: str) -> Any:
    """Residual branches made weak, as training makes them; untrained ones amplify rounding a hundredfold, in TensorFlow too."""
    for layer in model.layers:
        if layer.name.endswith(last):
            layer.gamma.assign(layer.gamma * 0.25)
    return model


def efficientnetb0() -> Any:
    """EfficientNetB0 with its rescaling and normalization layers, on 64 × 64 pixels."""
    model = keras.applications.EfficientNetB0(input_shape=(64, 64, 3), weights=None, classes=100)
    return _weak_branches(model, "_project_bn")


def lstm() -> Any:
    """Two layers of LSTM over sequences of 20 steps."""
    x = keras.Input((20, 8), name="sequence")
    y = layers.LSTM(12)(layers.LSTM(16, return_sequences=True)(x))
    return keras.Model(x, layers.Dense(3, name="scores")(y))


def gru() -> Any:
    """A GRU over sequences of 16 steps."""
    x = keras.Input((16, 6), name="sequence")
    return keras.Model(x, layers.Dense(2, activation="sigmoid", name="scores")(layers.GRU(12)(x)))


def bilstm() -> Any:
    """An embedding that masks zeros, and an LSTM in both directions."""
    x = keras.Input((12,), dtype="int32", name="tokens")
    y = layers.Embedding(50, 8, mask_zero=True)(x)
    y = layers.Bidirectional(layers.LSTM(8))(y)
    return keras.Model(x, layers.Dense(4, activation="softmax", name="label")(y))


def embedding_conv1d() -> Any:
    """An embedding and convolutions over time."""
    x = keras.Input((30,), dtype="int64", name="tokens")
    y = layers.Conv1D(16, 5, activation="relu")(layers.Embedding(100, 12)(x))
    y = layers.Conv1D(16, 3, activation="elu")(layers.AveragePooling1D(2)(y))
    return keras.Model(x, layers.Dense(1, activation="sigmoid", name="score")(layers.GlobalMaxPooling1D()(y)))


def causal_transformer() -> Any:
    """A block of a language model: causal attention, layer normalization, exact GELU."""
    tokens = keras.Input((16,), dtype="int32", name="tokens")
    x = layers.Embedding(64, 24)(tokens)
    y = layers.LayerNormalization()(x)
    x = layers.Add()([x, layers.MultiHeadAttention(3, 8)(y, y, use_causal_mask=True)])
    y = layers.Dense(48, activation="gelu")(layers.LayerNormalization()(x))
    x = layers.Add()([x, layers.Dense(24)(y)])
    return keras.Model(tokens, layers.Dense(64, name="logits")(layers.LayerNormalization()(x)))


def text_vectorization() -> Any:
    """Raw strings in: lower case, no punctuation, split, looked up."""
    texts = layers.TextVectorization(max_tokens=30, output_sequence_length=8)
    texts.adapt(TEXTS)
    x = keras.Input((1,), dtype="string", name="text")
    y = layers.GlobalAveragePooling1D()(layers.Embedding(30, 8)(texts(x)))
    return keras.Model(x, layers.Dense(2, activation="softmax", name="sentiment")(y))


def tabular_strings() -> Any:
    """A dict of columns, two of them strings."""
    city = keras.Input((1,), dtype="string", name="city")
    job = keras.Input((1,), dtype="string", name="job")
    age = keras.Input((1,), name="age")
    cities = layers.StringLookup(vocabulary=CITIES)
    jobs = layers.StringLookup(vocabulary=JOBS)
    columns = [
        layers.CategoryEncoding(cities.vocabulary_size(), "multi_hot")(cities(city)),
        layers.CategoryEncoding(jobs.vocabulary_size(), "one_hot")(jobs(job)),
        layers.Normalization(axis=None, mean=40.0, variance=150.0)(age),
    ]
    y = layers.Dense(8, activation="relu")(layers.Concatenate()(columns))
    return keras.Model({"city": city, "job": job, "age": age}, layers.Dense(1, name="income")(y))


def tabular_numbers() -> Any:
    """A dict of columns, one cut into bins, one of whole numbers looked up."""
    height = keras.Input((1,), name="height")
    floor = keras.Input((1,), dtype="int64", name="floor")
    bins = layers.Discretization(bin_boundaries=[-1.0, 0.0, 0.5, 2.0])
    floors = layers.IntegerLookup(vocabulary=[1, 2, 3, 7])
    columns = [
        layers.CategoryEncoding(5, "one_hot")(bins(height)),
        layers.Flatten()(layers.Embedding(floors.vocabulary_size(), 3)(floors(floor))),
        layers.Normalization(axis=None, mean=0.2, variance=2.0)(height),
    ]
    y = layers.Dense(8, activation="tanh")(layers.Concatenate()(columns))
    return keras.Model({"height": height, "floor": floor}, layers.Dense(1, name="rent")(y))


def multi_io() -> Any:
    """Two inputs, and two outputs whose alphabetical order is not the order of the model."""
    image = keras.Input((12, 12, 3), name="image")
    extra = keras.Input((4,), name="extra")
    y = layers.GlobalAveragePooling2D()(layers.Conv2D(8, 3, activation="relu")(image))
    y = layers.Concatenate()([y, layers.Dense(4, activation="tanh")(extra)])
    value = layers.Dense(1, name="value")(y)
    kind = layers.Dense(3, activation="softmax", name="kind")(y)
    return keras.Model([image, extra], {"value": value, "kind": kind})


class Residual(keras.Model):
    """A model with a `call` of its own, residual and with a loop in Python."""

    def __init__(self) -> None:
        super().__init__(name="residual")
        self.first = layers.Dense(16, activation="relu")
        self.blocks = [layers.Dense(16, activation="relu") for _ in range(3)]
        self.last = layers.Dense(4)

    def call(self, inputs: Any, training: bool = False) -> Any:
        x = self.first(inputs)
        for block in self.blocks:
            x = x + block(x)
        return self.last(tf.nn.l2_normalize(x, axis=-1))


def subclassed() -> Any:
    model = Residual()
    model(np.zeros((1, 10), np.float32))
    return model


def autoencoder() -> Any:
    """Strided convolutions down, transposed ones up."""
    x = keras.Input((16, 16, 1), name="image")
    y = layers.Conv2D(8, 3, strides=2, padding="same", activation="relu")(x)
    y = layers.Conv2D(4, 3, strides=2, padding="same", activation="relu")(y)
    y = layers.Conv2DTranspose(8, 3, strides=2, padding="same", activation="relu")(y)
    return keras.Model(x, layers.Conv2DTranspose(1, 3, strides=2, padding="same", activation="sigmoid", name="copy")(y))
