"""tf.contrib.layers.feature_column: features, and how a model reads them. tf.feature_column has their successors."""

from tensorflow.python.feature_column.feature_column import InputLayer

from .columns.base import _FeatureColumn
from .columns.bucketized import _BucketizedColumn, bucketized_column
from .columns.crossed import _CrossedColumn, crossed_column
from .columns.embedding import _EmbeddingColumn, embedding_column, shared_embedding_columns
from .columns.hashed import _SparseColumnHashed, sparse_column_with_hash_bucket
from .columns.lookup import embeddings_of as _embeddings_from_arguments
from .columns.one_hot import _OneHotColumn, one_hot_column
from .columns.real_valued import (
    _real_valued_var_len_column,
    _RealValuedColumn,
    _RealValuedVarLenColumn,
    real_valued_column,
)
from .columns.scattered import _ScatteredEmbeddingColumn, scattered_embedding_column
from .columns.sparse import (
    _SparseColumn,
    _SparseColumnIntegerized,
    _SparseColumnKeys,
    _SparseColumnVocabulary,
    sparse_column_with_integerized_feature,
    sparse_column_with_keys,
    sparse_column_with_vocabulary_file,
)
from .columns.specs import (
    _create_sequence_feature_spec_for_parsing,
    create_feature_spec_for_parsing,
    make_place_holder_tensors_for_base_features,
)
from .columns.weighted import _WeightedSparseColumn, weighted_sparse_column

__all__ = [
    "InputLayer",
    "_BucketizedColumn",
    "_CrossedColumn",
    "_EmbeddingColumn",
    "_FeatureColumn",
    "_OneHotColumn",
    "_RealValuedColumn",
    "_RealValuedVarLenColumn",
    "_ScatteredEmbeddingColumn",
    "_SparseColumn",
    "_SparseColumnHashed",
    "_SparseColumnIntegerized",
    "_SparseColumnKeys",
    "_SparseColumnVocabulary",
    "_WeightedSparseColumn",
    "_create_sequence_feature_spec_for_parsing",
    "_embeddings_from_arguments",
    "_real_valued_var_len_column",
    "bucketized_column",
    "create_feature_spec_for_parsing",
    "crossed_column",
    "embedding_column",
    "make_place_holder_tensors_for_base_features",
    "one_hot_column",
    "real_valued_column",
    "scattered_embedding_column",
    "shared_embedding_columns",
    "sparse_column_with_hash_bucket",
    "sparse_column_with_integerized_feature",
    "sparse_column_with_keys",
    "sparse_column_with_vocabulary_file",
    "weighted_sparse_column",
]
