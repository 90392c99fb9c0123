"""tf.contrib.learn: its estimators, Experiments, monitors, data sets and preprocessing. Parts are loaded when they are first used."""

from __future__ import annotations

import importlib
from typing import Any

from .._paths import attributes
from .modes import ModeKeys

# module -> its names here; a few of them 1.15 had in learn.python.learn only
_HOMES = {
    "estimators._sklearn": ("NotFittedError",),
    "estimators.dnn": ("DNNClassifier", "DNNEstimator", "DNNRegressor"),
    "estimators.dnn_linear_combined": (
        "DNNLinearCombinedClassifier",
        "DNNLinearCombinedEstimator",
        "DNNLinearCombinedRegressor",
    ),
    "estimators.estimator": (
        "BaseEstimator",
        "Estimator",
        "GraphRewriteSpec",
        "SKCompat",
        "infer_real_valued_columns_from_input",
        "infer_real_valued_columns_from_input_fn",
    ),
    "estimators.head": (
        "Head",
        "binary_svm_head",
        "loss_only_head",
        "multi_class_head",
        "multi_head",
        "multi_label_head",
        "no_op_train_fn",
        "poisson_regression_head",
        "regression_head",
    ),
    "estimators.keys": ("MetricKey", "PredictionKey", "ProblemType"),
    "estimators.kmeans": ("KMeansClustering",),
    "estimators.linear": ("LinearClassifier", "LinearEstimator", "LinearRegressor"),
    "estimators.logistic_regressor": ("LogisticRegressor",),
    "estimators.model_fn": ("ModelFnOps",),
    "estimators.run_config": ("ClusterConfig", "Environment", "RunConfig", "TaskType"),
    "evaluable": ("Evaluable",),
    "experiment": ("Experiment",),
    "export_strategy": ("ExportStrategy",),
    "graph_actions": ("infer", "run_feeds", "run_n"),
    "learn_io": (
        "extract_pandas_data",
        "extract_pandas_labels",
        "extract_pandas_matrix",
        "generator_input_fn",
        "numpy_input_fn",
        "pandas_input_fn",
        "queue_parsed_features",
        "read_batch_examples",
        "read_batch_features",
        "read_batch_record_features",
        "read_keyed_batch_examples",
        "read_keyed_batch_features",
    ),
    "metric_spec": ("MetricSpec",),
    "monitors": ("NanLossDuringTrainingError",),
    "trainable": ("Trainable",),
    "utils": (
        "InputFnOps",
        "build_default_serving_input_fn",
        "build_parsing_serving_input_fn",
        "make_export_strategy",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
_MODULES = {
    "datasets": "datasets",
    "graph_actions": "graph_actions",
    "head": "estimators.head",
    "io": "learn_io",
    "learn_runner": "learn_runner",
    "models": "models",
    "monitors": "monitors",
    "ops": "ops",
    "preprocessing": "preprocessing",
    "utils": "utils",
}
_other = attributes(__name__)


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(importlib.import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    if name in _MODULES:
        return importlib.import_module(f"{__name__}.{_MODULES[name]}")
    return _other(name)


def __dir__() -> list[str]:
    return sorted({*_HOME_OF, *_MODULES, "ModeKeys"})
