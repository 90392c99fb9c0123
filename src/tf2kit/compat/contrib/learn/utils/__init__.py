"""tf.contrib.learn.utils: input functions for serving, and export strategies."""

from ..._paths import attributes
from .input_fn_utils import InputFnOps, build_default_serving_input_fn, build_parsing_serving_input_fn
from .saved_model_export_utils import make_export_strategy

__getattr__ = attributes(__name__)
