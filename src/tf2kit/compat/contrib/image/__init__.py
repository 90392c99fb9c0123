"""tf.contrib.image: projective transforms, warps, splines and connected components."""

from .._paths import attributes
from .components import connected_components
from .spline import interpolate_spline
from .transforms import *
from .warps import dense_image_warp, sparse_image_warp

__getattr__ = attributes(__name__)
