"""Training on the device: a Keras model as a SavedModel whose signatures train, infer, save and restore, for `tf2kit export tflite`.

Files are the application's: ``save`` gives the weights back and ``restore`` takes them, so that no op of TensorFlow is needed
(TensorFlow's own guide writes checkpoints with SaveV2, which only select ops have).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import tensorflow as tf

SIGNATURES = ("train", "infer", "save", "restore")
Loss = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]


def save(model: Any, path: str | Path, loss: Loss | None = None, learning_rate: float = 0.01, batch: int = 16) -> None:
    """Write a Keras model with one input and one output as a SavedModel to train on the device.

    Signatures: ``train`` takes ``x`` of shape (batch, …) and ``y``, makes a step of gradient descent and gives back ``loss``, as it was
    before; ``infer`` takes any number of inputs ``x`` and gives ``output``; ``save`` gives all variables, ``w0``, ``w1``, …, which
    ``restore`` takes.

    Args:
      model: trained or not; its weights are those that the file starts with.
      path: of the SavedModel.
      loss: of (y, outputs), reduced to a number; by default cross entropy of class numbers ``y`` (int32, shape (batch,)) and logits.
      learning_rate: of each step.
      batch: examples in each step.

    Raises:
      ValueError: the model has several inputs or outputs.
    """
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise ValueError(
            f"{model.name} has {len(model.inputs)} inputs and {len(model.outputs)} outputs; this writes signatures for one of each. "
            "Write a tf.Module with signatures of your own; tf2kit export takes any that assign variables."
        )
    shape = list(model.inputs[0].shape[1:])
    kind = model.inputs[0].dtype
    weights = [variable.value for variable in model.trainable_variables]
    states = [variable.value for variable in model.variables]
    targets = [batch] if loss is None else [batch, *model.outputs[0].shape[1:]]
    module = tf.Module()
    module.variables_of_model = states

    def train(x: tf.Tensor, y: tf.Tensor) -> dict[str, tf.Tensor]:
        with tf.GradientTape() as tape:
            value = (loss or _cross_entropy)(y, model(x, training=True))
        for weight, gradient in zip(weights, tape.gradient(value, weights), strict=True):
            weight.assign_sub(learning_rate * gradient)
        return {"loss": value}

    def infer(x: tf.Tensor) -> dict[str, tf.Tensor]:
        return {"output": model(x, training=False)}

    def give() -> dict[str, tf.Tensor]:
        return {f"w{index}": tf.identity(state) for index, state in enumerate(states)}

    def take(**given: tf.Tensor) -> dict[str, tf.Tensor]:
        for index, state in enumerate(states):
            state.assign(given[f"w{index}"])
        return {"restored": tf.constant(len(states))}

    y = tf.TensorSpec(targets, tf.int32 if loss is None else tf.float32, "y")
    signatures = (
        _concrete(train, tf.TensorSpec([batch, *shape], kind, "x"), y),
        _concrete(infer, tf.TensorSpec([None, *shape], kind, "x")),
        _concrete(give),
        _concrete(take, **{f"w{i}": tf.TensorSpec(s.shape, s.dtype, f"w{i}") for i, s in enumerate(states)}),
    )
    tf.saved_model.save(module, str(path), signatures=dict(zip(SIGNATURES, signatures, strict=True)))


def _concrete(function: Callable[..., dict[str, tf.Tensor]], *arguments: Any, **named: Any) -> Any:
    return tf.function(function, autograph=False).get_concrete_function(*arguments, **named)


def _cross_entropy(y: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, logits))
