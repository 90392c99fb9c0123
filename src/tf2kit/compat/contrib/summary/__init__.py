"""tf.contrib.summary: summaries that are written when they run, in graphs and in eager code.

TensorFlow kept these functions, under names that are not public; its own ``tf.summary`` has others, with other defaults.
"""

from tensorflow.python.ops.summary_ops_v2 import (
    SummaryWriter,
    always_record_summaries,
    audio,
    create_file_writer,
    create_summary_file_writer,
    eval_dir,
    generic,
    histogram,
    image,
    import_event,
    initialize,
    never_record_summaries,
    record_summaries_every_n_global_steps,
    scalar,
    summary_writer_initializer_op,
)
from tensorflow.python.ops.summary_ops_v2 import _legacy_contrib_should_record_summaries as should_record_summaries
from tensorflow.python.ops.summary_ops_v2 import all_v2_summary_ops as all_summary_ops
from tensorflow.python.ops.summary_ops_v2 import graph_v1 as graph
from tensorflow.python.ops.summary_ops_v2 import legacy_raw_flush as flush

from .._paths import attributes
from .database import create_db_writer

__getattr__ = attributes(__name__)
