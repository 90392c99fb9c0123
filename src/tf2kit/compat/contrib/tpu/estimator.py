"""TPUEstimator and its specs, from tensorflow_estimator."""

from ..._estimator import load

_estimator = load("python.estimator.tpu.tpu_estimator")
BatchConfig = _estimator.BatchConfig
EmbeddingConfigSpec = _estimator.EmbeddingConfigSpec
ExamplesPerSecondHook = _estimator.ExamplesPerSecondHook
ExportSavedModelApiVersion = _estimator.ExportSavedModelApiVersion
TPUEstimator = _estimator.TPUEstimator
TPUEstimatorSpec = _estimator.TPUEstimatorSpec
call_computation = _estimator.call_computation
export_estimator_savedmodel = _estimator.export_estimator_savedmodel
inference_on_tpu = _estimator.inference_on_tpu
model_fn_inference_on_tpu = _estimator.model_fn_inference_on_tpu
