"""The settings of a TPUEstimator, from tensorflow_estimator."""

from ..._estimator import load

_config = load("python.estimator.tpu.tpu_config")
InputPipelineConfig = _config.InputPipelineConfig
RunConfig = _config.RunConfig
TPUConfig = _config.TPUConfig
