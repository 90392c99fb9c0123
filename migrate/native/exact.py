"""Source of small classes and functions that compute what TensorFlow 1 computed where Keras does not.

A program that needs one gets its text. Each names nothing but ``tf`` and others of these. A class's name is the `Row.new` of the
vocabulary, without "tf."; `weighted_mean` stands in what `losses.rewrite` gives, `to_pixels` in summaries.
"""

from __future__ import annotations

import ast
import re

from . import crf, recurrent
from .needs import Need

_MOMENTUM = '''
class Momentum(tf.keras.optimizers.Optimizer):
    """Momentum as in TensorFlow 1: the rate scales the step, not what is remembered, and so may change at any time."""

    def __init__(self, learning_rate, momentum, nesterov=False):
        super().__init__(learning_rate)
        self.momentum, self.nesterov = momentum, nesterov

    def build(self, variables):
        if not self.built:
            super().build(variables)
            self.accumulators = self.add_optimizer_variables(variables, "momentum")

    def update_step(self, gradient, variable, learning_rate):
        accumulator = self.accumulators[self._get_variable_index(variable)]
        accumulator.assign(self.momentum * accumulator + gradient)
        step = gradient + self.momentum * accumulator if self.nesterov else accumulator
        variable.assign_sub(learning_rate * step)
'''

_RMSPROP = '''
class RMSProp(tf.keras.optimizers.RMSprop):
    """RMSProp as in TensorFlow 1: the mean of squared gradients starts at one."""

    def add_optimizer_variables(self, variables, name, initializer="zeros"):
        return super().add_optimizer_variables(variables, name, "ones" if name == "velocity" else initializer)
'''

_PROXIMAL_GRADIENT_DESCENT = '''
class ProximalGradientDescent(tf.keras.optimizers.Optimizer):
    """Gradient descent with L1 and L2 regularization by a proximal step, as in TensorFlow 1."""

    def __init__(self, learning_rate, l1=0.0, l2=0.0):
        super().__init__(learning_rate)
        self.l1, self.l2 = l1, l2

    def update_step(self, gradient, variable, learning_rate):
        moved = variable - learning_rate * gradient
        shrunk = tf.sign(moved) * tf.maximum(tf.abs(moved) - learning_rate * self.l1, 0.0)
        variable.assign(shrunk / (1.0 + learning_rate * self.l2))
'''

_PROXIMAL_ADAGRAD = '''
class ProximalAdagrad(tf.keras.optimizers.Optimizer):
    """Adagrad with L1 and L2 regularization by a proximal step, as in TensorFlow 1."""

    def __init__(self, learning_rate, initial_accumulator_value=0.1, l1=0.0, l2=0.0):
        super().__init__(learning_rate)
        self.start = tf.keras.initializers.Constant(initial_accumulator_value)
        self.l1, self.l2 = l1, l2

    def build(self, variables):
        if not self.built:
            super().build(variables)
            self.accumulators = self.add_optimizer_variables(variables, "accumulator", self.start)

    def update_step(self, gradient, variable, learning_rate):
        accumulator = self.accumulators[self._get_variable_index(variable)]
        accumulator.assign_add(tf.square(gradient))
        rate = learning_rate / tf.sqrt(accumulator)
        moved = variable - rate * gradient
        shrunk = tf.sign(moved) * tf.maximum(tf.abs(moved) - rate * self.l1, 0.0)
        variable.assign(shrunk / (1.0 + rate * self.l2))
'''

_BATCH_NORMALIZATION = '''
class {name}(tf.keras.layers.BatchNormalization):
    """Batch normalization with the running variance of TensorFlow 1's fused kernel: the unbiased one, {of}."""

    def call(self, inputs, training=False):
        before = tf.convert_to_tensor(self.moving_variance)
        outputs = super().call(inputs, training=training)
        if training and inputs.shape.rank {condition}:
            count = tf.cast(tf.size(inputs) // tf.size(before), before.dtype)
            kept = self.momentum * before
            self.moving_variance.assign(kept + (self.moving_variance - kept) * count / (count - 1.0))
        return outputs
'''

_WEIGHTED_MEAN = '''
def weighted_mean(losses, weights):
    """The mean of the losses whose weight is not zero, as tf.losses of TensorFlow 1 took it."""
    weights = tf.broadcast_to(tf.cast(weights, tf.float32), tf.shape(losses))
    present = tf.math.count_nonzero(weights, dtype=tf.float32)
    return tf.math.divide_no_nan(tf.reduce_sum(losses * weights), present)
'''

# tensorflow/core/kernels/summary_image_op.cc of TensorFlow 1.15
_PIXELS = '''
def to_pixels(images):
    """Images as summaries of TensorFlow 1 had them: each scaled by its largest value, around 128 where some are negative."""
    if images.dtype == tf.uint8:
        return images
    images = tf.cast(images, tf.float32)
    images = tf.where(tf.math.is_finite(images), images, 0.0)
    negative = tf.reduce_min(images, axis=[1, 2, 3], keepdims=True) < 0.0
    largest = tf.reduce_max(tf.abs(images), axis=[1, 2, 3], keepdims=True)
    scale = tf.where(largest < 1e-6, 0.0, tf.where(negative, 127.0, 255.0) / largest)
    return tf.cast(images * scale + tf.where(negative, 128.0, 0.0), tf.uint8)
'''

_SPARSE_TENSOR_VALUE = '''
class SparseTensorValue(namedtuple("SparseTensorValue", ["indices", "values", "dense_shape"])):
    """The parts of a sparse tensor, as arrays."""
'''

_SPARSE_VALUE = '''
def sparse_value(tensor):
    """The parts of a sparse tensor as arrays."""
    return SparseTensorValue(tensor.indices.numpy(), tensor.values.numpy(), tensor.dense_shape.numpy())
'''

# what they import
IMPORTS = {"SparseTensorValue": Need("collections", "namedtuple", "namedtuple")}
SOURCES: dict[str, str] = {
    "SparseTensorValue": _SPARSE_TENSOR_VALUE,
    "sparse_value": _SPARSE_VALUE,
    "Momentum": _MOMENTUM,
    "RMSProp": _RMSPROP,
    "ProximalGradientDescent": _PROXIMAL_GRADIENT_DESCENT,
    "ProximalAdagrad": _PROXIMAL_ADAGRAD,
    "BatchNormalization": _BATCH_NORMALIZATION.format(name="BatchNormalization", of="of images", condition="== 4"),
    # contrib used that kernel for plain features, too
    "FusedBatchNormalization": _BATCH_NORMALIZATION.format(
        name="FusedBatchNormalization", of="of images and features", condition="in (2, 4)"
    ),
    "weighted_mean": _WEIGHTED_MEAN,
    "to_pixels": _PIXELS,
    **recurrent.SOURCES,
    **crf.SOURCES,
}


def needed(source: str) -> list[str]:
    """Names of those that a program's text uses, and of what these use."""
    found: set[str] = set()
    todo = [source]
    while todo:
        text = todo.pop()
        new = {name for name in SOURCES if re.search(rf"(?<![\w.]){name}\(", text)} - found
        todo += [SOURCES[name] for name in new]
        found |= new
    return [name for name in SOURCES if name in found]


def inserted(source: str) -> str:
    """The source with the text of those that it uses, in front of the first statement that is no import."""
    names = needed(source)
    if not names:
        return source
    tree = ast.parse(source)
    body = [n for n in tree.body if not isinstance(n, (ast.Import, ast.ImportFrom)) and not _is_docstring(n)]
    line = min([body[0].lineno, *(d.lineno for d in getattr(body[0], "decorator_list", []))]) if body else 1
    lines = source.split("\n")
    while line > 1 and lines[line - 2].startswith("#"):
        line -= 1
    before, after = "\n".join(lines[: line - 1]).rstrip("\n"), "\n".join(lines[line - 1 :])
    texts = "\n\n\n".join(SOURCES[n].strip("\n") for n in names)
    return f"{before}\n\n\n{texts}\n\n\n{after}"


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
