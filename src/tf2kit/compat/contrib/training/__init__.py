"""tf.contrib.training: HParams, training and evaluation loops."""

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

from ... import _tf_slim
from .._paths import attributes
from .hparam import HParams, parse_values

_tf_slim.repair()
__getattr__ = attributes(__name__)
