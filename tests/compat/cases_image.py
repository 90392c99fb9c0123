"""tf.contrib.image. Runs on Python 3.7 as well."""

import importlib

import numpy as np

from tests.compat.harness import Run, numbers

IMAGES = numbers((2, 5, 4, 3), "images")
FLOW = numbers((2, 5, 4, 2), "flow")
POINTS = np.array([[[0.0, 0.0], [1.0, 3.0], [4.0, 2.0], [2.0, 1.0]]], np.float32)
SHAPES = np.array([[1, 1, 0, 1], [0, 1, 0, 1], [1, 0, 1, 1], [1, 1, 1, 0], [0, 0, 0, 1]])


def differentiated(tf, outputs, variable, **fetches):
    """Outputs by name, and the gradient of the sum of their squares to the variable."""
    total = tf.add_n([tf.reduce_sum(tf.square(output)) for output in outputs.values()])
    found = dict(fetches, gradient=tf.gradients(total, variable)[0], **outputs)
    shapes = {name: output.get_shape().as_list() for name, output in sorted(outputs.items())}
    return Run(found, also=lambda _: shapes)


def attempts(*functions):
    """The types of errors that the functions raise, or "fine"."""
    found = []
    for function in functions:
        try:
            function()
            found.append("fine")
        except Exception as error:
            found.append(type(error).__name__)
    return found


def case_rotations(tf, contrib):
    x = tf.constant(IMAGES)
    return differentiated(
        tf,
        {
            "one": contrib.image.rotate(x, 0.3),
            "smooth": contrib.image.rotate(x, [0.5, -1.2], interpolation="BILINEAR"),
            "color": contrib.image.rotate(x[0], np.pi / 2),
            "gray": contrib.image.rotate(x[0, :, :, 0], 0.1, "bilinear"),
        },
        x,
        bytes=contrib.image.rotate(tf.constant(np.arange(60).reshape(5, 4, 3), tf.uint8), 1.0),
    )


def case_translations(tf, contrib):
    x = tf.constant(IMAGES)
    return differentiated(
        tf,
        {
            "same": contrib.image.translate(x, [1, -2]),
            "each": contrib.image.translate(x, [[1.0, 0.5], [-1.5, 0.0]], interpolation="BILINEAR"),
        },
        x,
    )


def case_transforms(tf, contrib):
    image = contrib.image
    x = tf.constant(IMAGES)
    projective = [1.0, 0.2, -0.3, 0.1, 0.9, 0.4, 0.01, 0.02]
    composed = image.compose_transforms(
        image.angles_to_projective_transforms([0.2, 0.4], 5.0, 4.0),
        image.translations_to_projective_transforms([[1.0, 2.0], [0.5, 0.0]]),
    )
    return differentiated(
        tf,
        {
            "projective": image.transform(x, projective, "BILINEAR"),
            "larger": image.transform(x, projective, output_shape=[7, 6]),
            "composed": image.transform(x, composed),
        },
        x,
        transforms=composed,
        matrices=image.flat_transforms_to_matrices(projective),
        flat=image.matrices_to_flat_transforms(2.0 * np.eye(3, dtype=np.float32)),
    )


def case_transforms_of_unknown_sizes(tf, contrib):
    x = tf.placeholder(tf.float32, [None, None, None, 3])
    size = tf.placeholder(tf.int32, [2])
    outputs = [contrib.image.rotate(x, 0.4), contrib.image.transform(x, tf.zeros([8]), output_shape=size)]
    return Run(
        {"outputs": outputs}, {x: IMAGES, size: [2, 3]}, also=lambda _: [o.get_shape().as_list() for o in outputs]
    )


def case_wrong_transforms_are_refused(tf, contrib):
    image = contrib.image
    found = attempts(
        lambda: image.rotate(tf.zeros([5]), 0.1),
        lambda: image.rotate(tf.zeros([1, 2, 3, 4, 5]), 0.1),
        lambda: image.rotate(tf.zeros([3, 3], tf.bool), 0.1),
        lambda: image.rotate(tf.placeholder(tf.float32), 0.1),
        lambda: image.rotate(tf.zeros([3, 3]), [[0.1]]),
        lambda: image.translate(tf.zeros([3, 3]), 1.0),
        lambda: image.transform(tf.zeros([3, 3]), tf.zeros([1, 1, 8])),
        lambda: image.transform(tf.zeros([3, 3]), tf.zeros([8]), output_shape=[3]),
        lambda: image.transform(tf.zeros([3, 3]), tf.zeros([8]), "CUBIC"),
        image.compose_transforms,
        lambda: image.flat_transforms_to_matrices(tf.zeros([])),
        lambda: image.matrices_to_flat_transforms(tf.zeros([9])),
    )
    return Run(also=lambda _: found)


def case_dense_warp(tf, contrib):
    x = tf.constant(IMAGES)
    flow = tf.constant(FLOW)
    warped = contrib.image.dense_image_warp(x, flow)
    gradient = tf.gradients(tf.reduce_sum(tf.square(warped)), flow)[0]
    return differentiated(tf, {"warped": warped}, x, flow=gradient)


def case_bilinear_values_by_their_private_path(tf, contrib):
    module = importlib.import_module(contrib.image.__name__ + ".python.ops.dense_image_warp")
    points = tf.constant([[[0.5, 2.5], [4.5, -1.0]], [[1.0, 1.0], [3.9, 0.1]]])
    values = module._interpolate_bilinear(tf.constant(IMAGES), points, indexing="xy")
    errors = attempts(
        lambda: module._interpolate_bilinear(tf.constant(IMAGES), points, indexing="yx"),
        lambda: module._interpolate_bilinear(tf.constant(IMAGES[0]), points),
    )
    return Run({"values": values}, also=lambda _: errors)


def case_splines(tf, contrib):
    points = tf.constant(POINTS)
    values = tf.constant(numbers((1, 4, 2), "values"))
    queries = tf.constant(numbers((1, 3, 2), "queries"))
    outputs = {
        "order %d" % order: contrib.image.interpolate_spline(points, values, queries, order)
        for order in (1, 2, 3, 4, 6)
    }
    outputs["smoothed"] = contrib.image.interpolate_spline(points, values, queries, 2, regularization_weight=0.1)
    errors = attempts(
        lambda: contrib.image.interpolate_spline(tf.placeholder(tf.float32, [1, 4, None]), values, queries, 2),
        lambda: contrib.image.interpolate_spline(points, tf.placeholder(tf.float32, [1, 4, None]), queries, 2),
    )
    # orders 1 and 2 only: the gradient of higher ones amplifies rounding
    total = tf.reduce_sum(tf.square(outputs["order 1"]) + tf.square(outputs["order 2"]))
    outputs["gradients"] = tf.gradients(total, [points, values, queries])
    return Run(outputs, also=lambda _: errors)


def case_sparse_warps(tf, contrib):
    x = tf.constant(IMAGES)
    source = tf.constant(np.repeat(POINTS, 2, axis=0))
    target = source + tf.constant(numbers((2, 4, 2), "moves", 0.3))
    outputs = {}
    for key, kwargs in (
        ("free", {}),
        ("fixed", {"num_boundary_points": 2}),
        ("smooth", {"interpolation_order": 1, "regularization_weight": 0.05, "num_boundary_points": 1}),
    ):
        outputs[key], outputs[key + " flow"] = contrib.image.sparse_image_warp(x, source, target, **kwargs)
    return differentiated(tf, outputs, x)


def case_connected_components(tf, contrib):
    components = contrib.image.connected_components
    unknown = tf.placeholder(tf.bool, [None, None])
    spiral = tf.constant([[1, 1, 1, 1, 1], [1, 0, 0, 0, 1], [1, 0, 1, 0, 1], [1, 0, 1, 1, 1], [0, 0, 0, 0, 0]])
    outputs = {
        "one": components(tf.constant(SHAPES > 0)),
        "batch": components(tf.constant(np.stack([SHAPES > 0, SHAPES == 0]))),
        "colors": components(tf.constant([[2, 2, 0, 3], [1, 2, 3, 3], [1, 1, 1, 0]])),
        "spiral": components(spiral),
        "empty": components(tf.zeros([2, 3], tf.bool)),
        "full": components(tf.ones([2, 3], tf.int64)),
        "floats": components(tf.constant([[0.5, 0.5, -0.5]])),
        "words": components(tf.constant([["a", "", "a"], ["a", "a", "b"]])),
        "unknown": components(unknown),
    }
    kinds = [[o.dtype.name, o.get_shape().as_list()] for _, o in sorted(outputs.items())]
    errors = attempts(lambda: components(tf.zeros([2])), lambda: components(tf.zeros([1, 1, 1, 1])))
    return Run(outputs, {unknown: SHAPES > 0}, also=lambda _: [kinds, errors])


def case_colors_by_their_private_path(tf, contrib):
    module = importlib.import_module(contrib.image.__name__ + ".python.ops.distort_image_ops")
    x = tf.constant(np.abs(IMAGES))
    return Run(
        {
            "hue": module.adjust_hsv_in_yiq(x, 0.7),
            "saturation": module.adjust_hsv_in_yiq(x[0], 0.0, 0.3, 1.2),
            "bytes": module.adjust_hsv_in_yiq(tf.constant([[[100, 120, 140], [90, 80, 70]]], tf.uint8), 0.3, 0.8, 0.9),
            "random": module.random_hsv_in_yiq(x, 0.5, 0.2, 1.5, 0.7, 1.1, seed=3),
            "certain": module.random_hsv_in_yiq(x, upper_value=1),
        },
        also=lambda _: attempts(
            lambda: module.random_hsv_in_yiq(x, -1),
            lambda: module.random_hsv_in_yiq(x, 0, 2, 1),
            lambda: module.random_hsv_in_yiq(x, 0, -1, 1),
            lambda: module.random_hsv_in_yiq(x, 0, 1, 1, 2, 1),
            lambda: module.random_hsv_in_yiq(x, 0, 1, 1, -1, 1),
            lambda: module.adjust_hsv_in_yiq(tf.zeros([2, 3])),
        ),
    )
