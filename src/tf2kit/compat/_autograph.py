"""AutoGraph leaves our code alone, as it left tf.contrib alone: `leave_alone` says so."""

from __future__ import annotations

from tensorflow.python.autograph.core import config

_PACKAGES = ("tf2kit.compat", "tf_slim", "tensorflow_estimator")


def leave_alone() -> None:
    """Add our packages to those whose functions are never rewritten; a second call changes nothing."""
    new = tuple(config.DoNotConvert(name) for name in _PACKAGES)
    known = {str(rule) for rule in config.CONVERSION_RULES}
    config.CONVERSION_RULES += tuple(rule for rule in new if str(rule) not in known)
