"""Layers of ``tf.contrib.layers`` and slim, with their defaults (rectifier, SAME, stride 2 for pooling…), as layers of Keras.

Keras has no counterpart of ``normalizer_fn``, nor an activation in its normalizing layers. `unfold` writes such a call as the calls that it
stands for, so that rows describe each. `with_defaults` adds what an open ``arg_scope`` gives.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace

from ..refusal import Refusal
from ..rows import Row

_COLLECTIONS = ("variables_collections", "outputs_collections")
_DROPPED = frozenset({"reuse", *_COLLECTIONS})
_CHANNELS_FIRST = "channels come first"
_LAYOUT = {"data_format": ("None", "'NHWC'", "'NWC'", "'NDHWC'")}
_NORMALIZER = "a normalizer must be unfolded first"
FROZEN = "Keras normalizes by the running averages when this layer is not trainable; TensorFlow 1 went on with those of the batch"
_WEIGHTS = {
    "weights_initializer": "kernel_initializer",
    "weights_regularizer": "kernel_regularizer",
    "biases_initializer": "bias_initializer",
    "biases_regularizer": "bias_regularizer",
    "activation_fn": "activation",
    "trainable": "trainable",
    "scope": "name",
}
_TAIL = (
    *("activation_fn", "normalizer_fn", "normalizer_params", "weights_initializer", "weights_regularizer"),
    *("biases_initializer", "biases_regularizer", "reuse", *_COLLECTIONS, "trainable", "scope"),
)
_RELU = {"activation": '"relu"'}


def _by_nones(row: Row) -> Row:
    """The row that reads ``biases_initializer=None`` and ``activation_fn=None`` as they were meant: there is none."""

    def chosen(bound: Mapping[str, ast.expr]) -> Row:
        found = row
        if _is_none(bound.get("biases_initializer")):
            renamed = {**found.renamed, "biases_initializer": "use_bias"}
            found = replace(found, renamed=renamed, convert={**found.convert, "biases_initializer": "False"})
        if _is_none(bound.get("activation_fn")):
            added = {name: text for name, text in found.added.items() if name != "activation"}
            found = replace(found, added=added, dropped=found.dropped | {"activation_fn"})
        return found

    return replace(row, chosen=chosen)


def _is_none(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _weighted(new: str, head: tuple[str, ...], order: tuple[str, ...], added: Mapping[str, str]) -> Row:
    """A layer with weights; ``head`` are its first parameters, after ``inputs``, ``order`` those of Keras."""
    layout = {"data_format": _CHANNELS_FIRST} if "data_format" in head else {}
    row = Row(
        f"tf.keras.layers.{new}",
        ("inputs", *head, *_TAIL),
        order,
        {"num_outputs": order[0], "stride": "strides", "rate": "dilation_rate", **_WEIGHTS},
        {**added, **_RELU},
        _DROPPED | {"normalizer_params"},
        {"normalizer_fn": _NORMALIZER, **layout},
        {"normalizer_fn": ("None",), **_LAYOUT},
        call=("inputs",),
        kind="layer",
    )
    return _by_nones(row)


_WINDOW = ("num_outputs", "kernel_size", "stride", "padding", "data_format")
_KERAS_WINDOW = ("filters", "kernel_size", "strides", "padding", "data_format", "dilation_rate")
_SAME = {"padding": '"same"'}


def _conv(dimensions: int) -> Row:
    return _weighted(f"Conv{dimensions}D", (*_WINDOW, "rate"), _KERAS_WINDOW, _SAME)


def _separable() -> Row:
    """Depthwise and pointwise kernels start and are regularized alike, unless the program says otherwise."""
    head = ("num_outputs", "kernel_size", "depth_multiplier", "stride", "padding", "data_format", "rate")
    row = _weighted("SeparableConv2D", head, (*_KERAS_WINDOW, "depth_multiplier"), _SAME)
    tail = list(_TAIL)
    tail.insert(tail.index("weights_regularizer"), "pointwise_initializer")
    two = {"weights_initializer", "weights_regularizer"}
    return _by_nones(
        replace(
            row,
            old=("inputs", *head, *tail),
            renamed={k: v for k, v in row.renamed.items() if k not in two},
            refused={**row.refused, **dict.fromkeys((*two, "pointwise_initializer"), "two kernels share this")},
            harmless={**row.harmless, **dict.fromkeys(two, ("None",))},
            chosen=None,
        )
    )


def _pool(new: str) -> Row:
    return Row(
        f"tf.keras.layers.{new}",
        ("inputs", "kernel_size", "stride", "padding", "data_format", "outputs_collections", "scope"),
        ("pool_size", "strides", "padding", "data_format", "name"),
        {"kernel_size": "pool_size", "stride": "strides", "scope": "name"},
        {"strides": "2"},
        frozenset({"outputs_collections"}),
        {"data_format": _CHANNELS_FIRST},
        _LAYOUT,
        call=("inputs",),
        kind="layer",
    )


_NOTHING = "Keras has no counterpart"
_OPEN = {
    **dict.fromkeys(("param_initializers", "param_regularizers", "batch_weights", "adjustment"), _NOTHING),
    **dict.fromkeys(("zero_debias_moving_mean", "renorm", "renorm_clipping"), _NOTHING),
    "updates_collections": "its running averages are updated by operations of another collection",
}
_BATCH_NORM = Row(
    "FusedBatchNormalization",
    (
        *("inputs", "decay", "center", "scale", "epsilon", "activation_fn", "param_initializers", "param_regularizers"),
        *("updates_collections", "is_training", "reuse", *_COLLECTIONS, "trainable", "batch_weights", "fused"),
        *("data_format", "zero_debias_moving_mean", "scope", "renorm", "renorm_clipping", "renorm_decay", "adjustment"),
    ),
    ("axis", "momentum", "epsilon", "center", "scale"),
    {"decay": "momentum", "is_training": "training", "scope": "name"},
    {"momentum": "0.999", "scale": "False", "training": "True"},
    _DROPPED | {"fused", "renorm_decay"},
    {**_OPEN, "activation_fn": _NORMALIZER, "data_format": _CHANNELS_FIRST, "trainable": FROZEN},
    {
        **dict.fromkeys(_OPEN, ("None", "False")),
        **_LAYOUT,
        "activation_fn": ("None",),
        "trainable": ("True",),
        "updates_collections": ("None", "tf.GraphKeys.UPDATE_OPS"),
    },
    call=("inputs", "is_training"),
    kind="layer",
)
_LAYER_NORM = Row(
    "tf.keras.layers.LayerNormalization",
    (
        *("inputs", "center", "scale", "activation_fn", "reuse", *_COLLECTIONS, "trainable"),
        *("begin_norm_axis", "begin_params_axis", "scope"),
    ),
    ("axis", "epsilon", "center", "scale"),
    {"trainable": "trainable", "scope": "name"},
    {"epsilon": "1e-12"},
    _DROPPED | {"begin_norm_axis", "begin_params_axis"},
    {"activation_fn": _NORMALIZER},
    {"activation_fn": ("None",)},
    call=("inputs",),
    kind="layer",
)


def _last_axis_only(bound: Mapping[str, ast.expr]) -> Row:
    """Keras normalizes and scales along the same axes: known to be the last one only if the program says so."""
    for name in ("begin_norm_axis", "begin_params_axis"):
        given = ast.unparse(bound[name]) if name in bound else ("-1" if name == "begin_params_axis" else "1")
        if given != "-1":
            raise Refusal(
                next(iter(bound.values()), None),
                "layer_norm normalizes along all axes but the first, and Keras along those that it scales",
                "say begin_norm_axis=-1 if the inputs have two dimensions",
            )
    return _LAYER_NORM


def by_fused(row: Row) -> Row:
    """The row that takes Keras's own class where a program declines the fused kernel, which keeps another running variance."""

    def chosen(bound: Mapping[str, ast.expr]) -> Row:
        fused = bound.get("fused")
        declined = isinstance(fused, ast.Constant) and fused.value is False
        return replace(row, new="tf.keras.layers.BatchNormalization") if declined else row

    return replace(row, chosen=chosen)


_DROPOUT = Row(
    "tf.keras.layers.Dropout",
    ("inputs", "keep_prob", "noise_shape", "is_training", "outputs_collections", "scope", "seed"),
    ("rate", "noise_shape", "seed"),
    {"keep_prob": "rate", "is_training": "training", "scope": "name"},
    {"rate": "0.5", "training": "True"},
    frozenset({"outputs_collections"}),
    convert={"keep_prob": "1 - ({})"},
    random=True,
    call=("inputs", "is_training"),
    kind="layer",
)
_FULLY_CONNECTED = _weighted("Dense", ("num_outputs",), ("units",), {})
_CONV_2D_TRANSPOSE = _weighted("Conv2DTranspose", _WINDOW, (*_KERAS_WINDOW[:4], "output_padding", "data_format"), _SAME)


def _activated(activation: str | None) -> Row:
    """``linear``, ``relu``, ``relu6``: fully_connected with that activation."""
    row = replace(_FULLY_CONNECTED, added={"activation": f'"{activation}"'} if activation else {}, chosen=None)
    return _by_nones(replace(row, renamed={k: v for k, v in row.renamed.items() if k != "activation_fn"}))


_CONTRIB = {
    "fully_connected": _FULLY_CONNECTED,
    "linear": _activated(None),
    "relu": _activated("relu"),
    "relu6": _activated("relu6"),
    **{f"conv{n}d": _conv(n) for n in (1, 2, 3)},
    **{f"convolution{n}d": _conv(n) for n in (1, 2, 3)},
    **dict.fromkeys(("conv2d_transpose", "convolution2d_transpose"), _CONV_2D_TRANSPOSE),
    **dict.fromkeys(("separable_conv2d", "separable_convolution2d"), _separable()),
    "max_pool2d": _pool("MaxPooling2D"),
    "max_pool3d": _pool("MaxPooling3D"),
    "avg_pool2d": _pool("AveragePooling2D"),
    "avg_pool3d": _pool("AveragePooling3D"),
    "batch_norm": by_fused(_BATCH_NORM),
    "layer_norm": replace(_LAYER_NORM, chosen=_last_axis_only),
    "dropout": _DROPOUT,
    "flatten": Row(
        "tf.keras.layers.Flatten",
        ("inputs", "outputs_collections", "scope"),
        (),
        {"scope": "name"},
        dropped=frozenset({"outputs_collections"}),
        call=("inputs",),
        kind="layer",
    ),
    "one_hot_encoding": Row(
        "tf.one_hot",
        ("labels", "num_classes", "on_value", "off_value", "outputs_collections", "scope"),
        ("indices", "depth", "on_value", "off_value"),
        {"labels": "indices", "num_classes": "depth"},
        dropped=frozenset({"outputs_collections", "scope"}),
    ),
    "softmax": Row("tf.nn.softmax", ("logits", "scope"), ("logits",), dropped=frozenset({"scope"})),
}

ROWS: dict[str, Row] = {
    f"tf.contrib.{space}.{name}": row for space in ("layers", "slim") for name, row in _CONTRIB.items()
}
