"""tf.contrib.training: HParams, training and evaluation loops, bucketing, resampling and batches of long sequences with states."""

from tf_slim.training.evaluation import (
    StopAfterNEvalsHook,
    SummaryAtEndHook,
    checkpoints_iterator,
    evaluate_once,
    evaluate_repeatedly,
    get_or_create_eval_step,
    wait_for_new_checkpoint,
)
from tf_slim.training.training import (
    add_gradients_summaries,
    clip_gradient_norms,
    clip_gradient_norms_fn,
    create_train_op,
    multiply_gradients,
    train,
)

from ... import _estimator, _tf_slim
from .._paths import attributes
from .bucket_ops import bucket, bucket_by_sequence_length
from .device_setter import GreedyLoadBalancingStrategy, RandomStrategy, byte_size_load_fn
from .hparam import HParams, parse_values
from .next_batch import NextQueuedSequenceBatch
from .resample import resample_at_rate, weighted_resample
from .sampling_ops import rejection_sample, stratified_sample
from .sequence_batches import batch_sequences_with_states
from .sequence_saver import SequenceQueueingStateSaver

_tf_slim.repair()
FeedingQueueRunner = _estimator.load("python.estimator.inputs.queues.feeding_queue_runner")._FeedingQueueRunner
__getattr__ = attributes(__name__)
