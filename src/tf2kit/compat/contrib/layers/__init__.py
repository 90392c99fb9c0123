"""tf.contrib.layers: the layers, initializers, regularizers, optimizers, summaries and feature columns."""

from tf_slim.layers import *

from ... import _tf_slim
from .._paths import attributes
from . import feature_column
from .embedding_ops import *
from .encoders import *
from .feature_column import (
    bucketized_column,
    create_feature_spec_for_parsing,
    crossed_column,
    embedding_column,
    make_place_holder_tensors_for_base_features,
    one_hot_column,
    real_valued_column,
    scattered_embedding_column,
    shared_embedding_columns,
    sparse_column_with_hash_bucket,
    sparse_column_with_integerized_feature,
    sparse_column_with_keys,
    sparse_column_with_vocabulary_file,
    weighted_sparse_column,
)
from .feature_column_ops import (
    check_feature_columns,
    infer_real_valued_columns,
    input_from_feature_columns,
    joint_weighted_sum_from_feature_columns,
    parse_feature_columns_from_examples,
    parse_feature_columns_from_sequence_examples,
    sequence_input_from_feature_columns,
    transform_features,
    weighted_sum_from_feature_columns,
)
from .sparse_feature_cross import SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY

_tf_slim.repair()
__getattr__ = attributes(__name__)
