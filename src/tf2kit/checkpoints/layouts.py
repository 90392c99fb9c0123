"""Where Keras layers and optimizers keep what TensorFlow 1 kept under names of variables. Keras 3.15, measured by listing checkpoints."""

from __future__ import annotations

_KERNEL = {"kernel": "_kernel", "weights": "_kernel", "bias": "bias", "biases": "bias"}
_NORMALIZED = {"gamma": "gamma", "beta": "beta"}
_SEPARABLE = {
    "depthwise_kernel": "depthwise_kernel",
    "depthwise_weights": "depthwise_kernel",
    "pointwise_kernel": "pointwise_kernel",
    "pointwise_weights": "pointwise_kernel",
    "bias": "bias",
    "biases": "bias",
}
_TRANSPOSED = {**_KERNEL, "kernel": "kernel", "weights": "kernel"}
_LAYERS: dict[str, dict[str, str]] = {
    **dict.fromkeys(("Dense", "Conv1D", "Conv2D", "Conv3D"), _KERNEL),
    **dict.fromkeys(("Conv2DTranspose", "Conv3DTranspose"), _TRANSPOSED),
    **dict.fromkeys(("SeparableConv1D", "SeparableConv2D"), _SEPARABLE),
    "BatchNormalization": {**_NORMALIZED, "moving_mean": "moving_mean", "moving_variance": "moving_variance"},
    "LayerNormalization": _NORMALIZED,
}
_OWN_CLASSES = ("BatchNormalization",)
# names of slots in the order of Keras's variables, which come variable by variable
SLOTS: dict[str, tuple[str, ...]] = {
    "SGD": (),
    "ProximalGradientDescent": (),
    "Momentum": ("Momentum",),
    "Adam": ("Adam", "Adam_1"),
    "Adagrad": ("Adagrad",),
    "ProximalAdagrad": ("Adagrad",),
    "Ftrl": ("Ftrl", "Ftrl_1"),
}


def variables_of(layer: str) -> dict[str, str] | None:
    """Attributes of a layer's variables by their TensorFlow 1 names, in the order in which Keras lists them; None when not known.

    Classes of the lifted program that compute as TensorFlow 1 did have the name of the Keras layer in their own.
    """
    return next(
        (names for kind, names in _LAYERS.items() if layer == kind or (kind in layer and kind in _OWN_CLASSES)), None
    )
