"""tf.contrib.opt: optimizers that core TensorFlow never took over."""

from .._paths import attributes
from .adam_gs import AdamGSOptimizer, LazyAdamGSOptimizer
from .adam_variants import AdaMaxOptimizer, NadamOptimizer
from .agn import AGNCustomGetter, AGNOptimizer
from .drop_stale import DropStaleGradientOptimizer
from .elastic_average import ElasticAverageCustomGetter, ElasticAverageOptimizer
from .external import ExternalOptimizerInterface, ScipyOptimizerInterface
from .ggt import GGTOptimizer
from .lars import LARSOptimizer
from .lazy_adam import LazyAdamOptimizer
from .model_average import ModelAverageCustomGetter, ModelAverageOptimizer
from .moving_average import MovingAverageOptimizer
from .multitask import MultitaskOptimizerWrapper, clip_gradients_by_global_norm
from .reg_adagrad import RegAdagradOptimizer
from .shampoo import ShampooOptimizer
from .sign import AddSignOptimizer, PowerSignOptimizer
from .variable_clipping import VariableClippingOptimizer
from .weight_decay import (
    AdamWOptimizer,
    DecoupledWeightDecayExtension,
    MomentumWOptimizer,
    extend_with_decoupled_weight_decay,
)

__getattr__ = attributes(__name__)
