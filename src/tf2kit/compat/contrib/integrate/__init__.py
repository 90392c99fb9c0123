"""tf.contrib.integrate: ordinary differential equations."""

from .._paths import attributes
from .adaptive import odeint
from .fixed import odeint_fixed

__getattr__ = attributes(__name__)
