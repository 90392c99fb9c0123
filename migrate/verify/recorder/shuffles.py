"""Shuffled data: queues of TensorFlow 1 and data sets draw an order of their own each; where asked, rows stay in order on both sides.

That a program shuffles is noted, so that one that does not any more is not taken for the same.
"""

from __future__ import annotations

import functools
from typing import Any

from .frames import own_place
from .imports import Watcher
from .recorder import Recorder

QUEUE, DATASET = "shuffle_queue", "shuffle_dataset"
_FEEDING = "tensorflow_estimator.python.estimator.inputs.queues.feeding_functions"


class Shuffles:
    """Watches what shuffles in one run.

    Args:
      recorder: told of each shuffle. in_order: whether rows stay in order.
    """

    def __init__(self, recorder: Recorder, in_order: bool) -> None:
        self._recorder, self._in_order = recorder, in_order

    def install(self, watcher: Watcher) -> None:
        """Watch queues that shuffle, the arrays that estimators feed, and data sets."""
        watcher.after("tensorflow.python.ops.data_flow_ops", self._queues)
        watcher.after(_FEEDING, self._feeding)
        if self._in_order:
            watcher.after("tensorflow.python.data.ops.dataset_ops", self._datasets)

    def _note(self, op: str) -> None:
        self._recorder.write("random", op=op, at=own_place(())[0], fixed=self._in_order)

    def _queues(self, module: Any) -> None:
        make, in_order = module.RandomShuffleQueue.__init__, module.FIFOQueue

        @functools.wraps(make)
        def init(queue: Any, capacity: Any, min_after_dequeue: Any, *args: Any, **kwargs: Any) -> None:
            self._note(QUEUE)
            if self._in_order:
                kept = {k: v for k, v in kwargs.items() if k != "seed"}
                queue.__dict__.update(in_order(capacity, *args[:3], **kept).__dict__)
            else:
                make(queue, capacity, min_after_dequeue, *args, **kwargs)

        module.RandomShuffleQueue.__init__ = init

    def _feeding(self, module: Any) -> None:
        """Estimators begin at a row that Python's generator draws, before their queue shuffles."""
        enqueue = module._enqueue_data

        @functools.wraps(enqueue)
        def enqueue_data(*args: Any, **kwargs: Any) -> Any:
            if kwargs.get("shuffle") and self._in_order:
                self._note(QUEUE)
                kwargs["shuffle"] = False
            return enqueue(*args, **kwargs)

        module._enqueue_data = enqueue_data

    def _datasets(self, module: Any) -> None:
        def shuffle(dataset: Any, *_: Any, **__: Any) -> Any:
            self._note(DATASET)
            return dataset

        module.DatasetV2.shuffle = shuffle
