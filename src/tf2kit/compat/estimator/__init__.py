"""tf.estimator of TensorFlow 1.15: the last release of tensorflow_estimator, repaired (see `tf2kit.compat._estimator`).

The canned DNN and linear estimators and the heads stand on Keras 2, which is chosen with ``TF_USE_LEGACY_KERAS=1`` before TensorFlow
is first imported; an Estimator with a model_fn of one's own, the baselines, inputs, hooks and exporters do not need it.
"""

from ._names import names_of
from ._private import install

install()
__getattr__, __dir__ = names_of(__name__)
