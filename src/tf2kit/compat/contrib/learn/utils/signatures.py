"""Signatures of exported models: every input with every output, and the default pair.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/utils/saved_model_export_utils.py, Copyright 2016 The TensorFlow
Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

from ..estimators.keys import PredictionKey, ProblemType
from .input_fn_utils import InputFnOps

Tensors = dict[str, Any]
DEFAULT_INPUT_ALTERNATIVE_KEY = "default_input_alternative"
FEATURES_INPUT_ALTERNATIVE_KEY = "features_input_alternative"
_FALLBACK_OUTPUT_KEY = "default_output_alternative"


def build_standardized_signature_def(input_tensors: Tensors, output_tensors: Tensors, problem_type: int) -> Any:
    """A classification, regression or prediction signature, as the problem and the number of tensors allow.

    Raises:
      ValueError: there are no inputs or no outputs.
    """
    if not input_tensors:
        raise ValueError("input_tensors must be provided.")
    if not output_tensors:
        raise ValueError("output_tensors must be provided.")
    signatures = tf.saved_model.signature_def_utils
    inputs, outputs = list(input_tensors.values()), list(output_tensors.values())
    if len(inputs) == 1:
        if problem_type in (ProblemType.CLASSIFICATION, ProblemType.LOGISTIC_REGRESSION):
            classes, scores = _classes(output_tensors), _scores(output_tensors)
            if classes is None and scores is None and len(outputs) == 1:
                classes, scores = (outputs[0], None) if outputs[0].dtype == tf.string else (None, outputs[0])
            if classes is not None or scores is not None:
                return signatures.classification_signature_def(inputs[0], classes, scores)
        elif problem_type == ProblemType.LINEAR_REGRESSION and len(outputs) == 1:
            return signatures.regression_signature_def(inputs[0], outputs[0])
    return signatures.predict_signature_def(input_tensors, output_tensors)


def _scores(outputs: Tensors) -> Any:
    scores = outputs.get(PredictionKey.SCORES)
    return outputs.get(PredictionKey.PROBABILITIES) if scores is None else scores


def _classes(outputs: Tensors) -> Any:
    classes = outputs.get(PredictionKey.CLASSES)
    return None if classes is None or classes.dtype != tf.string else classes


def get_input_alternatives(input_ops: Any) -> tuple[dict[str, Tensors], Any]:
    """Inputs by name, and the features, of what a serving input function returned; ValueError without features."""
    alternatives = {}
    if isinstance(input_ops, InputFnOps):
        features, _, default_inputs = input_ops
        alternatives[DEFAULT_INPUT_ALTERNATIVE_KEY] = default_inputs
    else:
        features, _ = input_ops
    if not features:
        raise ValueError("Features must be defined.")
    return alternatives, features


def get_output_alternatives(
    model_fn_ops: Any, default_output_alternative_key: str | None = None
) -> tuple[dict[Any, tuple[int, Tensors]], Any]:
    """(Problem type, outputs) by name, and the name of the default.

    Raises:
      ValueError: the default is not one of them, or none is named and there is more than one.
    """
    alternatives = model_fn_ops.output_alternatives
    wanted = default_output_alternative_key
    if not alternatives:
        if wanted:
            raise ValueError(
                f"Requested default_output_alternative: {wanted}, but available output_alternatives are: []"
            )
        outputs = model_fn_ops.predictions
        if not isinstance(outputs, dict):
            outputs = {PredictionKey.GENERIC: outputs}
        return {_FALLBACK_OUTPUT_KEY: (ProblemType.UNSPECIFIED, outputs)}, _FALLBACK_OUTPUT_KEY
    if wanted:
        if wanted in alternatives:
            return alternatives, wanted
        raise ValueError(
            f"Requested default_output_alternative: {wanted}, "
            f"but available output_alternatives are: {sorted(alternatives)}"
        )
    if len(alternatives) == 1:
        return alternatives, next(iter(alternatives))
    raise ValueError(
        f"Please specify a default_output_alternative.  Available output_alternatives are: {sorted(alternatives)}"
    )


def build_all_signature_defs(
    input_alternatives: dict[str, Tensors],
    output_alternatives: dict[Any, tuple[int, Tensors]],
    actual_default_output_alternative_key: Any,
) -> dict[str, Any]:
    """Signatures by name: ``input:output`` for each pair, and the default one. ValueError without a default input."""
    signatures = {
        f"{input_key}:{output_key or 'None'}": build_standardized_signature_def(inputs, outputs, problem_type)
        for input_key, inputs in input_alternatives.items()
        for output_key, (problem_type, outputs) in output_alternatives.items()
    }
    default_inputs = input_alternatives.get(DEFAULT_INPUT_ALTERNATIVE_KEY)
    if not default_inputs:
        raise ValueError("A default input_alternative must be provided.")
    problem_type, outputs = output_alternatives[actual_default_output_alternative_key]
    default = tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY
    signatures[default] = build_standardized_signature_def(default_inputs, outputs, problem_type)
    return signatures
