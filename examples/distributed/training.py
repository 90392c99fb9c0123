"""The training program: handwritten digits, a small network, a training loop of its own. It does not know how it is distributed.

What the strategies ask of a program is in `batches` (each worker reads its part of every global batch), in `Trainer.replica_step` (the loss
is divided by the *global* batch) and in `Trainer.save` (everybody takes part, one keeps the result).
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

from .task import Task

HELD_OUT = 297  # of 1,797 digits


@dataclass(frozen=True)
class Settings:
    """What a run is.

    Attributes:
      steps: of the optimizer.
      batch: examples per step, of all workers together.
      seed: of the weights and of the order of the examples.
      folder: where checkpoints and the result go.
      save_every: steps between checkpoints.
      pause: seconds to wait after each step, so that a person has time to kill a worker.
    """

    steps: int = 300
    batch: int = 64
    seed: int = 7
    folder: Path = Path("build/distributed")
    save_every: int = 50
    pause: float = 0.0


def digits() -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Training and held-out images, float32 [N, 64] in 0 to 1, and labels, int64 [N] (scikit-learn's copy of UCI's digits)."""
    data = load_digits()
    images, labels = (data.data / 16.0).astype("float32"), data.target.astype("int64")
    return (images[:-HELD_OUT], labels[:-HELD_OUT]), (images[-HELD_OUT:], labels[-HELD_OUT:])


def examples(seed: int | None) -> tf.data.Dataset:
    """Training images and labels without end, one by one, in an order that the seed fixes."""
    (images, labels), _ = digits()
    return tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(len(images), seed=seed).repeat()


def batches(settings: Settings, replicas: int, start: int, part: int, parts: int) -> tf.data.Dataset:
    """The batches of one input pipeline from step `start` on, each for one replica: float32 [n, 64] and int64 [n], n = batch / replicas.

    All pipelines shuffle alike and then take turns, so that together they read the global batches that a single process would read.
    """
    data = examples(settings.seed).batch(settings.batch // replicas, drop_remainder=True)
    return data.skip(start * replicas).shard(parts, part).prefetch(2)


def network() -> keras.Model:
    """Two dense layers; logits [N, 10] for images [N, 64]."""
    return keras.Sequential([keras.Input((64,)), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(10)])


class Trainer:
    """A network, its optimizer and its checkpoints under a strategy."""

    def __init__(self, strategy: Any, settings: Settings, task: Task, report: Callable[[int, float], None]) -> None:
        if settings.batch % strategy.num_replicas_in_sync:
            raise ValueError(
                f"A batch of {settings.batch} cannot be divided among {strategy.num_replicas_in_sync} replicas; choose a multiple of it."
            )
        self.strategy, self.settings, self.task, self.report = strategy, settings, task, report
        keras.utils.set_random_seed(settings.seed)
        with strategy.scope():
            self.model = network()
            self.optimizer = keras.optimizers.SGD(0.1, momentum=0.9)
            self.optimizer.build(self.model.trainable_variables)
            self.loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction="none")
            self.step = tf.Variable(
                0, dtype=tf.int64, trainable=False, aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA
            )
        # only the chief's files are kept; the others must write too, since saving is an operation of all workers
        kept = settings.folder / "checkpoints" if task.is_chief else Path(tempfile.mkdtemp())
        self.checkpoint = tf.train.Checkpoint(model=self.model, optimizer=self.optimizer, step=self.step)
        self.manager = tf.train.CheckpointManager(self.checkpoint, str(kept), max_to_keep=2)
        latest = tf.train.latest_checkpoint(str(settings.folder / "checkpoints"))
        if latest:
            self.checkpoint.restore(latest).expect_partial()

    def replica_step(self, images: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
        """One step on one replica: its share of the mean loss over the global batch, a scalar."""
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(self.loss(labels, self.model(images, training=True))) / self.settings.batch
        self.optimizer.apply_gradients(
            zip(tape.gradient(loss, self.model.trainable_variables), self.model.trainable_variables, strict=True)
        )
        return loss

    def train(self) -> None:
        """Go on from the last checkpoint to the last step, in step with all other workers."""
        strategy, start = self.strategy, int(self.step.numpy())
        replicas = strategy.num_replicas_in_sync

        @tf.function
        def step(batch: tuple[Any, Any]) -> tf.Tensor:
            losses = strategy.run(self.replica_step, args=batch)
            return strategy.reduce(tf.distribute.ReduceOp.SUM, losses, axis=None)

        def dataset(context: tf.distribute.InputContext) -> tf.data.Dataset:
            return batches(self.settings, replicas, start, context.input_pipeline_id, context.num_input_pipelines)

        data: Iterator[Any] = iter(strategy.distribute_datasets_from_function(dataset))
        for number in range(start + 1, self.settings.steps + 1):
            loss = step(next(data))
            self.step.assign(number)
            self.after(number, float(loss))

    def train_with_servers(self) -> None:
        """The same with parameter servers: the workers step on their own, with whatever weights they find; their order is not fixed."""
        strategy, start = self.strategy, int(self.step.numpy())
        coordinator = tf.distribute.coordinator.ClusterCoordinator(strategy)

        @tf.function
        def step(data: Iterator[Any]) -> tf.Tensor:
            return strategy.run(self.replica_step, args=next(data))

        @tf.function
        def dataset() -> tf.data.Dataset:
            # every worker reads all examples, in an order of its own
            def one(_: tf.distribute.InputContext) -> tf.data.Dataset:
                return examples(None).batch(self.settings.batch, drop_remainder=True).prefetch(2)

            return strategy.distribute_datasets_from_function(one)

        data = iter(coordinator.create_per_worker_dataset(dataset))
        for first in range(start, self.settings.steps, self.settings.save_every):
            last = min(first + self.settings.save_every, self.settings.steps)
            losses = [coordinator.schedule(step, args=(data,)) for _ in range(first, last)]
            coordinator.join()  # here the steps of a worker that died are done by others
            self.step.assign(last)
            self.after(last, float(losses[-1].fetch()))

    def after(self, number: int, loss: float) -> None:
        """What follows a step: a heartbeat, now and then a checkpoint."""
        if number % self.settings.save_every == 0 or number == self.settings.steps:
            self.manager.save(checkpoint_number=number)
        if self.task.is_chief or self.task.kind == "worker":
            self.report(number, loss)
        if self.settings.pause:
            time.sleep(self.settings.pause)

    def finish(self) -> float:
        """Write the result, `weights.npz` and `result.json`, and return the accuracy on digits that were held out."""
        _, (images, labels) = digits()
        weights = [np.asarray(w) for w in self.model.get_weights()]
        plain = network()
        plain.set_weights(weights)
        accuracy = float(np.mean(np.argmax(plain(images).numpy(), axis=1) == labels))
        if self.task.is_chief:
            np.savez(self.settings.folder / "weights.npz", *weights)
            result = {"steps": int(self.step.numpy()), "accuracy": accuracy}
            (self.settings.folder / "result.json").write_text(json.dumps(result) + "\n", encoding="utf-8")
        return accuracy
