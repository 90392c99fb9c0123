"""tf.contrib.learn.monitors: what watches a training. Hooks (tf.train.SessionRunHook) are their successors, and may be mixed with them."""

from ..._paths import attributes
from .adapter import RunHookAdapterForMonitors, replace_monitors_with_hooks
from .base import BaseMonitor, EveryN, StopAtStep
from .graph_dump import GraphDump
from .reports import (
    CaptureVariable,
    LoggingTrainable,
    NanLoss,
    NanLossDuringTrainingError,
    PrintTensor,
    StepCounter,
    SummarySaver,
    get_default_monitors,
)
from .saving import CheckpointSaver
from .validation import ValidationMonitor

__getattr__ = attributes(__name__)
