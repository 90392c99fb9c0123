"""tf.contrib.learn.io: input functions of arrays, frames, generators and files."""

from ..._paths import attributes
from .generator_io import generator_input_fn
from .graph_io import (
    queue_parsed_features,
    read_batch_examples,
    read_batch_features,
    read_batch_record_features,
    read_keyed_batch_examples,
    read_keyed_batch_features,
)
from .numpy_io import numpy_input_fn
from .pandas_io import HAS_PANDAS, extract_pandas_data, extract_pandas_labels, extract_pandas_matrix, pandas_input_fn

# dask's frames are not taken: `compute()` makes frames of pandas of them
HAS_DASK = False
__getattr__ = attributes(__name__)
