"""tf.contrib.kernel_methods: random Fourier features, and a hinge loss for many classes."""

from .._paths import attributes
from .losses import sparse_multiclass_hinge_loss
from .mappers import RandomFourierFeatureMapper

__getattr__ = attributes(__name__)
