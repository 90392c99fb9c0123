"""The old private paths of tf.contrib.learn, tpu and the feature columns: a part of the table in ``_paths``."""

from __future__ import annotations

_LEARN = "learn.python.learn"
_ESTIMATORS = (
    "_sklearn",
    "dnn",
    "dnn_linear_combined",
    "estimator",
    "head",
    "kmeans",
    "linear",
    "logistic_regressor",
    "model_fn",
    "run_config",
    "tensor_signature",
)
_DATASETS = ("base", "synthetic", "text_datasets")
_IO = ("data_feeder", "generator_io", "graph_io", "numpy_io", "pandas_io")
_OTHERS = (
    "evaluable",
    "experiment",
    "export_strategy",
    "graph_actions",
    "learn_io",
    "learn_runner",
    "metric_spec",
    "models",
    "monitors",
    "ops",
    "trainable",
    "utils",
    "utils.input_fn_utils",
    "utils.saved_model_export_utils",
)
_TPU = (
    "bfloat16",
    "datasets",
    "device_assignment",
    "feature_column",
    "functional",
    "tensor_tracer",
    "topology",
    "tpu",
    "tpu_feed",
    "tpu_function",
    "tpu_optimizer",
    "tpu_sharding",
    "tpu_system_metadata",
    "training_loop",
)
_RESOLVERS = (
    "cluster_resolver",
    "gce_cluster_resolver",
    "kubernetes_cluster_resolver",
    "slurm_cluster_resolver",
    "tfconfig_cluster_resolver",
    "tpu_cluster_resolver",
)

# as `PATHS` in ``_paths``
PATHS: dict[str, str] = {
    "cluster_resolver.python.training": ".cluster_resolver",
    "layers.python.layers.feature_column": ".layers.feature_column",
    "layers.python.layers.feature_column_ops": ".layers.feature_column_ops",
    "layers.python.ops.sparse_feature_cross_op": ".layers.sparse_feature_cross",
    _LEARN: ".learn",
    f"{_LEARN}.basic_session_run_hooks": "tensorflow.python.training.basic_session_run_hooks",
    f"{_LEARN}.datasets": ".learn.datasets",
    f"{_LEARN}.datasets.mnist": "tf2kit.compat.examples.tutorials.mnist.input_data",
    f"{_LEARN}.estimators": ".learn",
    f"{_LEARN}.estimators.constants": ".learn.estimators.keys",
    f"{_LEARN}.estimators.metric_key": ".learn.estimators.keys",
    f"{_LEARN}.estimators.prediction_key": ".learn.estimators.keys",
    f"{_LEARN}.learn_runner_lib": ".learn.learn_runner",
    f"{_LEARN}.monitored_session": "tensorflow.python.training.monitored_session",
    f"{_LEARN}.ops.embeddings_ops": ".learn.ops",
    f"{_LEARN}.ops.losses_ops": ".learn.ops",
    f"{_LEARN}.ops.seq2seq_ops": ".learn.ops",
    f"{_LEARN}.preprocessing": ".learn.preprocessing",
    f"{_LEARN}.preprocessing.categorical_vocabulary": ".learn.preprocessing",
    f"{_LEARN}.preprocessing.text": ".learn.preprocessing",
    f"{_LEARN}.session_run_hook": "tensorflow.python.training.session_run_hook",
    "tpu.python.ops.tpu_ops": "tensorflow.python.tpu.ops.tpu_ops",
    "tpu.python.tpu": ".tpu",
    "tpu.python.tpu.async_checkpoint": ".tpu.async_checkpoint",
    "tpu.python.tpu.tpu_config": ".tpu.config",
    "tpu.python.tpu.tpu_estimator": ".tpu.estimator",
    **{f"cluster_resolver.python.training.{m}": ".cluster_resolver" for m in _RESOLVERS},
    **{f"{_LEARN}.estimators.{m}": f".learn.estimators.{m}" for m in _ESTIMATORS},
    **{f"{_LEARN}.datasets.{m}": f".learn.datasets.{m}" for m in _DATASETS},
    **{f"{_LEARN}.learn_io.{m}": f".learn.learn_io.{m}" for m in _IO},
    **{f"{_LEARN}.{m}": f".learn.{m}" for m in _OTHERS},
    **{f"tpu.python.tpu.{m}": f"tensorflow.python.tpu.{m}" for m in _TPU},
}
