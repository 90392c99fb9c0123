"""tf.contrib.deprecated: the summary operations of TensorFlow 0.x, whose tags are not names of operations."""

from tensorflow.python.ops.logging_ops import (
    audio_summary,
    histogram_summary,
    image_summary,
    merge_all_summaries,
    merge_summary,
    scalar_summary,
)

from .._paths import attributes

__getattr__ = attributes(__name__)
