"""Input queues of TensorFlow 1: refused, with what takes their place."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..refusal import Refusal
from ..structural import handles
from ..values import Value

if TYPE_CHECKING:
    from ..evaluate import Evaluator

_SHUFFLING = frozenset({"shuffle_batch", "shuffle_batch_join", "maybe_shuffle_batch", "batch_join"})
_PRODUCERS = ("string_input_producer", "slice_input_producer", "range_input_producer", "input_producer")
_BATCHES = ("batch", "batch_join", "maybe_batch", "shuffle_batch", "shuffle_batch_join", "maybe_shuffle_batch")
_RUNNERS = ("Coordinator", "start_queue_runners", "QueueRunner", "add_queue_runner")


@handles(*(f"train.{name}" for name in (*_PRODUCERS, *_BATCHES, *_RUNNERS)))
def _queue(self: Evaluator, node: ast.Call) -> Value:
    name = str(self.context.tf_name(node.func))
    order = (
        "mixes examples in an order that threads decide" if name.rsplit(".", 1)[-1] in _SHUFFLING else "works on queues"
    )
    raise Refusal(
        node,
        f"`{name}` {order}, and what is computed for one example is not told apart from the rest of the graph",
        "read with tf.data: put what is computed for one example into a function for Dataset.map, then batch(…, drop_remainder=True)",
    )
