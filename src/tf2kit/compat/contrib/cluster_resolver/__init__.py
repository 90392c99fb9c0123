"""tf.contrib.cluster_resolver: tf.distribute.cluster_resolver under its first name."""

from tensorflow.compat.v1.distribute.cluster_resolver import (
    ClusterResolver,
    GCEClusterResolver,
    KubernetesClusterResolver,
    SimpleClusterResolver,
    SlurmClusterResolver,
    TFConfigClusterResolver,
    TPUClusterResolver,
)
from tensorflow.compat.v1.distribute.cluster_resolver import UnionResolver as UnionClusterResolver

from .._paths import attributes

__getattr__ = attributes(__name__)
