"""Rotated, shifted and projected images.

Adapted from TensorFlow 1.15, contrib/image/python/ops/image_ops.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.

A transform is a row ``[a0, a1, a2, b0, b1, b2, c0, c1]``: the output pixel (x, y) comes from the input pixel
``((a0 x + a1 y + a2) / k, (b0 x + b1 y + b2) / k)`` with ``k = c0 x + c1 y + 1``.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

__all__ = [
    "angles_to_projective_transforms",
    "compose_transforms",
    "flat_transforms_to_matrices",
    "matrices_to_flat_transforms",
    "rotate",
    "transform",
    "translate",
    "translations_to_projective_transforms",
]
_DTYPES = (tf.uint8, tf.int32, tf.int64, tf.float16, tf.float32, tf.float64)


def rotate(images: Any, angles: Any, interpolation: str = "NEAREST", name: str | None = None) -> Any:
    """Images turned counterclockwise around their centers; what comes from outside is 0.

    Args:
      images: ``[n, rows, columns, channels]``, ``[rows, columns, channels]`` or ``[rows, columns]``.
      angles: radians, one or ``[n]``.
      interpolation: "NEAREST" or "BILINEAR".
      name: of the operation.

    Raises:
      TypeError: another type or rank of images.
    """
    with tf.name_scope(name, "rotate"):
        given = tf.convert_to_tensor(images)
        batch = _as_batch(given)
        height, width = (tf.cast(tf.shape(batch)[i], tf.float32)[None] for i in (1, 2))
        turned = transform(batch, angles_to_projective_transforms(angles, height, width), interpolation)
        return _in_rank_of(given, turned)


def translate(images: Any, translations: Any, interpolation: str = "NEAREST", name: str | None = None) -> Any:
    """Images moved by ``[dx, dy]`` or by ``[n, 2]``; the other arguments and errors are those of `rotate`."""
    with tf.name_scope(name, "translate"):
        return transform(images, translations_to_projective_transforms(translations), interpolation)


def transform(
    images: Any,
    transforms: Any,
    interpolation: str = "NEAREST",
    output_shape: Any = None,
    name: str | None = None,
) -> Any:
    """Images under transforms ``[8]`` or ``[n, 8]``; gradients go to the images only.

    Args:
      images: see `rotate`.
      transforms: see above; they map points of the output to points of the input.
      interpolation: "NEAREST" or "BILINEAR".
      output_shape: ``[rows, columns]`` of the output; that of the images by default.
      name: of the operation.

    Raises:
      TypeError: another type or rank of images or transforms.
      ValueError: ``output_shape`` is not of two elements.
    """
    with tf.name_scope(name, "transform"):
        given = tf.convert_to_tensor(images, name="images")
        rows = tf.convert_to_tensor(transforms, name="transforms", dtype=tf.float32)
        batch = _as_batch(given)
        if output_shape is None:
            output_shape = tf.shape(batch)[1:3]
            known = tf.get_static_value(output_shape)
            output_shape = output_shape if known is None else known
        output_shape = tf.convert_to_tensor(output_shape, tf.int32, name="output_shape")
        if not output_shape.get_shape().is_compatible_with([2]):
            raise ValueError("output_shape must be a 1-D Tensor of 2 elements: new_height, new_width")
        if rows.get_shape().ndims is None:
            raise TypeError("transform_or_transforms rank must be statically known")
        if len(rows.get_shape()) not in (1, 2):
            raise TypeError("Transforms should have rank 1 or 2.")
        moved = tf.raw_ops.ImageProjectiveTransformV2(
            images=batch,
            transforms=rows[None] if len(rows.get_shape()) == 1 else rows,
            output_shape=output_shape,
            interpolation=interpolation.upper(),
        )
        return _in_rank_of(given, moved)


def angles_to_projective_transforms(angles: Any, image_height: Any, image_width: Any, name: str | None = None) -> Any:
    """Transforms ``[n, 8]`` that rotate images of this size by the angles (one or ``[n]``); TypeError for another rank."""
    with tf.name_scope(name, "angles_to_projective_transforms"):
        given = tf.convert_to_tensor(angles, name="angles", dtype=tf.float32)
        if len(given.get_shape()) > 1:
            raise TypeError("Angles should have rank 0 or 1.")
        angles = given if len(given.get_shape()) else given[None]
        sin, cos = tf.sin(angles), tf.cos(angles)
        last_x, last_y = image_width - 1, image_height - 1
        x_offset = (last_x - (cos * last_x - sin * last_y)) / 2.0
        y_offset = (last_y - (sin * last_x + cos * last_y)) / 2.0
        columns = [c[:, None] for c in (cos, -sin, x_offset, sin, cos, y_offset)]
        return tf.concat([*columns, tf.zeros((tf.shape(angles)[0], 2), tf.float32)], axis=1)


def translations_to_projective_transforms(translations: Any, name: str | None = None) -> Any:
    """Transforms ``[n, 8]`` that move images by ``[dx, dy]`` or ``[n, 2]``; TypeError for another rank."""
    with tf.name_scope(name, "translations_to_projective_transforms"):
        given = tf.convert_to_tensor(translations, name="translations", dtype=tf.float32)
        if given.get_shape().ndims is None:
            raise TypeError("translation_or_translations rank must be statically known")
        if len(given.get_shape()) not in (1, 2):
            raise TypeError("Translations should have rank 1 or 2.")
        rows = given[None] if len(given.get_shape()) == 1 else given
        count = tf.shape(rows)[0]
        one, zero = tf.ones((count, 1), tf.float32), tf.zeros((count, 1), tf.float32)
        return tf.concat([one, zero, -rows[:, 0, None], zero, one, -rows[:, 1, None], zero, zero], axis=1)


def compose_transforms(*transforms: Any) -> Any:
    """One transform ``[n, 8]`` that does all of them, the first one first."""
    assert transforms, "transforms cannot be empty"
    with tf.name_scope("compose_transforms"):
        composed = flat_transforms_to_matrices(transforms[0])
        for another in transforms[1:]:
            composed = tf.matmul(composed, flat_transforms_to_matrices(another))
        return matrices_to_flat_transforms(composed)


def flat_transforms_to_matrices(transforms: Any) -> Any:
    """Transforms ``[8]`` or ``[n, 8]`` as matrices ``[n, 3, 3]``, from output to input; ValueError for another rank."""
    with tf.name_scope("flat_transforms_to_matrices"):
        transforms = tf.convert_to_tensor(transforms, name="transforms")
        if transforms.shape.ndims not in (1, 2):
            raise ValueError(f"Transforms should be 1D or 2D, got: {transforms}")
        transforms = tf.reshape(transforms, tf.constant([-1, 8]))
        last = tf.ones([tf.shape(transforms)[0], 1])
        return tf.reshape(tf.concat([transforms, last], axis=1), tf.constant([-1, 3, 3]))


def matrices_to_flat_transforms(transform_matrices: Any) -> Any:
    """Matrices ``[3, 3]`` or ``[n, 3, 3]``, from output to input, as transforms ``[n, 8]``; ValueError for another rank."""
    with tf.name_scope("matrices_to_flat_transforms"):
        matrices = tf.convert_to_tensor(transform_matrices, name="transform_matrices")
        if matrices.shape.ndims not in (2, 3):
            raise ValueError(f"Matrices should be 2D or 3D, got: {matrices}")
        transforms = tf.reshape(matrices, tf.constant([-1, 9]))
        transforms /= transforms[:, 8:9]
        return transforms[:, :8]


def _as_batch(images: Any) -> Any:
    """``[n, rows, columns, channels]``."""
    if images.dtype.base_dtype not in _DTYPES:
        raise TypeError(f"Invalid dtype {images.dtype}.")
    rank = images.get_shape().ndims
    if rank is None:
        raise TypeError("image_or_images rank must be statically known")
    if rank not in (2, 3, 4):
        raise TypeError("Images should have rank between 2 and 4.")
    return {2: lambda: images[None, :, :, None], 3: lambda: images[None], 4: lambda: images}[rank]()


def _in_rank_of(given: Any, batch: Any) -> Any:
    rank = len(given.get_shape())
    return {2: lambda: batch[0, :, :, 0], 3: lambda: batch[0], 4: lambda: batch}[rank]()
