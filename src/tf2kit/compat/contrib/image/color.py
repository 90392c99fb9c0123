"""Hue, saturation and value changed in YIQ space.

`random_hsv_in_yiq` is adapted from TensorFlow 1.15, contrib/image/python/ops/distort_image_ops.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0. The operation behind `adjust_hsv_in_yiq` is gone; its matrices are the usual ones of YIQ.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

__all__ = ["adjust_hsv_in_yiq", "random_hsv_in_yiq"]
# https://en.wikipedia.org/wiki/YIQ, with the digits that the operation of 1.15 had
_RGB_TO_YIQ = [[0.299, 0.587, 0.114], [0.596, -0.274, -0.322], [0.211, -0.523, 0.312]]
_YIQ_TO_RGB = [[1.0, 0.95617069, 0.62143257], [1.0, -0.2726886, -0.64681324], [1.0, -1.103744, 1.70062309]]


def adjust_hsv_in_yiq(
    image: Any, delta_hue: Any = 0, scale_saturation: Any = 1, scale_value: Any = 1, name: str | None = None
) -> Any:
    """Images ``[..., rows, columns, 3]`` with colors turned by ``delta_hue`` radians and scaled; ValueError for a lower rank."""
    with tf.name_scope(name, "adjust_hsv_in_yiq", [image]):
        image = tf.convert_to_tensor(image, name="image")
        if len(image.get_shape()) < 3:
            raise ValueError(f"Shape must be at least rank 3 but is rank {len(image.get_shape())}")
        rgb = tf.image.convert_image_dtype(image, tf.float32)
        hue, saturation, value = (tf.cast(x, tf.float32) for x in (delta_hue, scale_saturation, scale_value))
        u, w = (value * saturation * turn(hue) for turn in (tf.cos, tf.sin))
        zero = tf.zeros_like(value)
        turned = tf.reshape(tf.stack([value, zero, zero, zero, u, -w, zero, w, u]), [3, 3])
        matrix = tf.matmul(tf.matmul(tf.constant(_YIQ_TO_RGB), turned), tf.constant(_RGB_TO_YIQ))
        pixels = tf.matmul(tf.reshape(rgb, [-1, 3]), matrix, transpose_b=True)
        return tf.image.convert_image_dtype(tf.reshape(pixels, tf.shape(rgb)), image.dtype)


def random_hsv_in_yiq(
    image: Any,
    max_delta_hue: float = 0,
    lower_saturation: float = 1,
    upper_saturation: float = 1,
    lower_value: float = 1,
    upper_value: float = 1,
    seed: int | None = None,
) -> Any:
    """`adjust_hsv_in_yiq` by random amounts between the limits; ValueError for negative or reversed limits."""
    if max_delta_hue < 0:
        raise ValueError("max_delta must be non-negative.")
    for what, lower, upper in (
        ("saturation", lower_saturation, upper_saturation),
        ("value", lower_value, upper_value),
    ):
        if lower < 0:
            raise ValueError(f"lower_{what} must be non-negative.")
        if lower > upper:
            raise ValueError(f"lower_{what} must be < upper_{what}.")
    return adjust_hsv_in_yiq(
        image,
        _between(-max_delta_hue, max_delta_hue, seed),
        _between(lower_saturation, upper_saturation, seed),
        _between(lower_value, upper_value, seed),
    )


def _between(lower: float, upper: float, seed: int | None) -> Any:
    return lower if lower == upper else tf.random_uniform([], lower, upper, seed=seed)
