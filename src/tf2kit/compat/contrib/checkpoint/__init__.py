"""tf.contrib.checkpoint: objects in checkpoints; most of it is ``tf.train.Checkpoint`` under first names."""

import tensorflow.compat.v1 as tf
from tensorflow.core.protobuf.trackable_object_graph_pb2 import TrackableObjectGraph as CheckpointableObjectGraph
from tensorflow.python.checkpoint.checkpoint import capture_dependencies, list_objects, object_metadata
from tensorflow.python.trackable.autotrackable import AutoTrackable as Checkpointable
from tensorflow.python.trackable.base import Trackable as CheckpointableBase
from tensorflow.python.trackable.data_structures import List, Mapping, NoDependency

from .._paths import attributes
from .containers import UniqueNameTracker
from .python_state import NumpyState
from .split_dependency import split_dependency
from .visualize import dot_graph_from_checkpoint

CheckpointManager = tf.train.CheckpointManager
PythonStateWrapper = tf.train.experimental.PythonState
__getattr__ = attributes(__name__)
