"""``tf.layers`` of TensorFlow 1.15 as layers of Keras; contrib and slim are in `contrib_layers`.

A functional row (``tf.layers.dense``) has ``inputs`` in ``call``; the row of a class (``tf.layers.Dense``) has none: the program calls its
object. ``name`` stays, as a keyword: Keras refuses names with a slash. Whether a layer trains must be a Python bool.
"""

from __future__ import annotations

from dataclasses import replace

from ..rows import Row
from . import contrib_layers

_KEPT = {"name": "name", "trainable": "trainable"}
_ACTIVITY = "its regularizer looks at outputs, and Keras divides by the number of examples"
_BIASED = ("kernel_initializer", "bias_initializer", "kernel_regularizer", "bias_regularizer")
_CONSTRAINED = ("kernel_constraint", "bias_constraint")
_DENSE = ("activation", "use_bias", *_BIASED, "activity_regularizer", *_CONSTRAINED)
_SEPARABLE = (
    *("activation", "use_bias", "depthwise_initializer", "pointwise_initializer", "bias_initializer"),
    *("depthwise_regularizer", "pointwise_regularizer", "bias_regularizer", "activity_regularizer"),
    *("depthwise_constraint", "pointwise_constraint", "bias_constraint"),
)
_WINDOW = ("filters", "kernel_size", "strides", "padding", "data_format")
_POOL = ("pool_size", "strides", "padding", "data_format")


def _layer(new: str, old: tuple[str, ...], order: tuple[str, ...] | None = None, random: bool = False) -> Row:
    """A layer with the parameters ``old``, of which Keras takes ``order`` by position (None: the same)."""
    return Row(
        f"tf.keras.layers.{new}",
        ("inputs", *old, "trainable", "name", "reuse"),
        old if order is None else order,
        _KEPT,
        dropped=frozenset({"reuse"}),
        refused={"activity_regularizer": _ACTIVITY} if "activity_regularizer" in old else {},
        harmless={"activity_regularizer": ("None",)} if "activity_regularizer" in old else {},
        random=random,
        call=("inputs",),
        kind="layer",
    )


def _pool(new: str) -> Row:
    row = _layer(new, _POOL)
    return replace(row, old=("inputs", *_POOL, "name"))


# of TensorFlow 2's constructors: what lies between the parameters that version 1 knows too
_CONV = _layer("", (*_WINDOW, "dilation_rate", *_DENSE), (*_WINDOW, "dilation_rate", "groups", *_DENSE))
_CONV_2D_TRANSPOSE = _layer("", (*_WINDOW, *_DENSE), (*_WINDOW[:4], "output_padding", "data_format"))
_CONV_3D_TRANSPOSE = _layer("", (*_WINDOW, *_DENSE), _WINDOW)
_SEPARABLE_CONV = _layer("", (*_WINDOW, "dilation_rate", "depth_multiplier", *_SEPARABLE))
_TRANSPOSE_KEYWORDS = {name: name for name in _DENSE} | _KEPT

_NORM = (
    *("axis", "momentum", "epsilon", "center", "scale", "beta_initializer", "gamma_initializer"),
    *("moving_mean_initializer", "moving_variance_initializer", "beta_regularizer", "gamma_regularizer"),
    *("beta_constraint", "gamma_constraint"),
)
_RENORM = ("renorm", "renorm_clipping", "renorm_momentum", "fused", "virtual_batch_size", "adjustment")
_NO_RENORM = "batch renormalization and virtual batches are not the same in Keras"
_NOT_IN_KERAS = ("renorm", "renorm_clipping", "virtual_batch_size", "adjustment")
_BATCH_NORM = Row(
    "BatchNormalization",
    ("inputs", *_NORM, "training", "trainable", "name", "reuse", *_RENORM),
    _NORM,
    {"name": "name"},
    dropped=frozenset({"reuse", "fused", "renorm_momentum"}),
    refused={**dict.fromkeys(_NOT_IN_KERAS, _NO_RENORM), "trainable": contrib_layers.FROZEN},
    harmless={**dict.fromkeys(_NOT_IN_KERAS, ("None", "False")), "trainable": ("True",)},
    call=("inputs", "training"),
    kind="layer",
)
_DROPOUT = Row(
    "tf.keras.layers.Dropout",
    ("inputs", "rate", "noise_shape", "seed", "training", "name"),
    ("rate", "noise_shape", "seed"),
    {"name": "name"},
    {"rate": "0.5"},
    random=True,
    call=("inputs", "training"),
    kind="layer",
)

_FUNCTIONS = {
    "dense": _layer("Dense", ("units", *_DENSE)),
    **{f"conv{n}d": replace(_CONV, new=f"tf.keras.layers.Conv{n}D") for n in (1, 2, 3)},
    "conv2d_transpose": replace(_CONV_2D_TRANSPOSE, new="tf.keras.layers.Conv2DTranspose", renamed=_TRANSPOSE_KEYWORDS),
    "conv3d_transpose": replace(_CONV_3D_TRANSPOSE, new="tf.keras.layers.Conv3DTranspose", renamed=_TRANSPOSE_KEYWORDS),
    **{f"separable_conv{n}d": replace(_SEPARABLE_CONV, new=f"tf.keras.layers.SeparableConv{n}D") for n in (1, 2)},
    **{f"max_pooling{n}d": _pool(f"MaxPooling{n}D") for n in (1, 2, 3)},
    **{f"average_pooling{n}d": _pool(f"AveragePooling{n}D") for n in (1, 2, 3)},
    "batch_normalization": contrib_layers.by_fused(_BATCH_NORM),
    "dropout": _DROPOUT,
    "flatten": Row(
        "tf.keras.layers.Flatten",
        ("inputs", "name", "data_format"),
        ("data_format",),
        {"name": "name"},
        call=("inputs",),
        kind="layer",
    ),
}


def _class(row: Row) -> Row:
    """The row of the class: without the parameters of the call, and with ``trainable`` and ``name`` at the end as in 1.15."""
    dropped = {*row.call, "reuse"}
    return replace(row, old=tuple(n for n in row.old if n not in dropped), call=())


def _class_name(name: str) -> str:
    parts = "".join(part.capitalize() for part in name.split("_"))
    return parts.replace("1d", "1D").replace("2d", "2D").replace("3d", "3D")


_CLASSES = {_class_name(name): _class(row) for name, row in _FUNCTIONS.items() if name != "batch_normalization"}
_CLASSES["BatchNormalization"] = contrib_layers.by_fused(
    replace(_class(_BATCH_NORM), old=(*_NORM, *_RENORM[:4], "trainable", *_RENORM[4:], "name"))
)
_CLASSES["Flatten"] = replace(_CLASSES["Flatten"], old=("data_format", "trainable", "name"))

ROWS: dict[str, Row] = {
    **{f"tf.layers.{name}": row for name, row in {**_FUNCTIONS, **_CLASSES}.items()},
    **contrib_layers.ROWS,
}
