"""tf.contrib.estimator: heads for model functions of tf.estimator, changes of estimators, and hooks.

Hooks and estimators that had moved to tf.estimator by TensorFlow 1.15 are here as well, as they were in earlier versions.
"""

from __future__ import annotations

import importlib
from typing import Any

from .._paths import attributes

# module -> its names here
_HOMES = {
    ".extenders": (
        "clip_gradients_by_norm",
        "export_all_saved_models",
        "export_saved_model_for_mode",
        "forward_features",
    ),
    ".heads": (
        "binary_classification_head",
        "logistic_regression_head",
        "multi_class_head",
        "poisson_regression_head",
        "regression_head",
    ),
    ".joined_heads": ("multi_head",),
    ".multi_label": ("multi_label_head",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
# names of tf.estimator.experimental
_EXPERIMENTAL = (
    "InMemoryEvaluatorHook",
    "build_raw_supervised_input_receiver_fn",
    "call_logit_fn",
    "dnn_logit_fn_builder",
    "linear_logit_fn_builder",
    "make_early_stopping_hook",
    "make_stop_at_checkpoint_step_hook",
    "stop_if_higher_hook",
    "stop_if_lower_hook",
    "stop_if_no_decrease_hook",
    "stop_if_no_increase_hook",
)
# names of tf.estimator
_CORE = ("BaselineEstimator", "DNNEstimator", "DNNLinearCombinedEstimator", "LinearEstimator", "add_metrics")
# private modules of tensorflow_estimator -> their names here
_PRIVATE = {
    "python.estimator.canned.saved_model_estimator": ("SavedModelEstimator",),
    "python.estimator.export.export": ("build_supervised_input_receiver_fn_from_input_fn",),
}
_PRIVATE_OF = {name: home for home, names in _PRIVATE.items() for name in names}
_other = attributes(__name__)


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(importlib.import_module(_HOME_OF[name], __name__), name)
    estimator = "tf2kit.compat.estimator"
    if name in _EXPERIMENTAL:
        return getattr(importlib.import_module(estimator + ".experimental"), name)
    if name in _CORE:
        return getattr(importlib.import_module(estimator), name)
    if name in _PRIVATE_OF:
        return getattr(importlib.import_module(f"{estimator}.{_PRIVATE_OF[name]}"), name)
    return _other(name)


def __dir__() -> list[str]:
    return sorted({*_HOME_OF, *_EXPERIMENTAL, *_CORE, *_PRIVATE_OF})
