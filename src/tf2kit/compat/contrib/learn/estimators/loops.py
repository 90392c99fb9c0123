"""The loops of the old estimators: training, evaluation and prediction, each in a graph of its own.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/estimator.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.training import training_util
from tensorflow.python.training.evaluation import _evaluate_once as evaluate_once
from tensorflow.python.training.evaluation import _StopAfterNEvalsHook as StopAfterNEvalsHook

from . import tensor_signature
from ._sklearn import NotFittedError
from .metric_ops import split_metric_ops, write_summary


class Loops:
    """What `BaseEstimator` does with the operations that its subclasses make."""

    _config: Any
    _session_config: Any
    _model_dir: str
    _device_fn: Any
    _features_info: Any
    _labels_info: Any
    _graph: Any
    _get_train_ops: Any
    _get_eval_ops: Any
    _get_predict_ops: Any

    def _check_inputs(self, features: Any, labels: Any) -> None:
        """Remember types and shapes of the first inputs; ValueError for later ones that do not fit."""
        self._features_info = _checked("Features", "features", features, self._features_info)
        if labels is not None:
            self._labels_info = _checked("Labels", "labels", labels, self._labels_info)

    def _train_model(self, input_fn: Any, hooks: Sequence[Any]) -> Any:
        """Train; returns the last loss."""
        self._graph = tf.Graph()
        with self._graph.as_default() as graph, graph.device(self._device_fn):
            tf.set_random_seed(self._config.tf_random_seed)
            global_step = training_util.create_global_step(graph)
            features, labels = input_fn()
            self._check_inputs(features, labels)
            training_util._get_or_create_global_step_read()
            ops = self._get_train_ops(features, labels)
            tf.add_to_collection(tf.GraphKeys.LOSSES, ops.loss)
            every = {"loss": ops.loss, "step": global_step}
            all_hooks = [
                *hooks,
                tf.train.NanTensorHook(ops.loss),
                tf.train.LoggingTensorHook(every, every_n_iter=100),
                *ops.training_hooks,
            ]
            scaffold = ops.scaffold or tf.train.Scaffold()
            self._add_saver(scaffold)
            return self._run_training(ops, scaffold, all_hooks)

    def _add_saver(self, scaffold: Any) -> None:
        if scaffold.saver or tf.get_collection(tf.GraphKeys.SAVERS):
            return
        saver = tf.train.Saver(
            sharded=True,
            max_to_keep=self._config.keep_checkpoint_max,
            keep_checkpoint_every_n_hours=self._config.keep_checkpoint_every_n_hours,
            defer_build=True,
            save_relative_paths=True,
        )
        tf.add_to_collection(tf.GraphKeys.SAVERS, saver)

    def _run_training(self, ops: Any, scaffold: Any, hooks: list[Any]) -> Any:
        config = self._config
        chief_hooks = []
        wants_checkpoints = config.save_checkpoints_secs or config.save_checkpoints_steps
        saves = [h for h in (*hooks, *ops.training_chief_hooks) if isinstance(h, tf.train.CheckpointSaverHook)]
        if wants_checkpoints and not saves:
            saver_hook = tf.train.CheckpointSaverHook(
                self._model_dir,
                save_secs=config.save_checkpoints_secs,
                save_steps=config.save_checkpoints_steps,
                scaffold=scaffold,
            )
            chief_hooks = [saver_hook]
        with tf.train.MonitoredTrainingSession(
            master=config.master,
            is_chief=config.is_chief,
            checkpoint_dir=self._model_dir,
            scaffold=scaffold,
            hooks=hooks,
            chief_only_hooks=chief_hooks + list(ops.training_chief_hooks),
            save_checkpoint_secs=0,  # one of the hooks does it
            save_summaries_steps=config.save_summary_steps,
            max_wait_secs=config.session_creation_timeout_secs,
            config=self._session_config,
        ) as session:
            loss = None
            while not session.should_stop():
                _, loss = session.run([ops.train_op, ops.loss])
        return loss

    def _evaluate_model(
        self,
        input_fn: Any,
        steps: int | None,
        feed_fn: Any = None,
        metrics: Any = None,
        name: str | None = "",
        checkpoint_path: str | None = None,
        hooks: Sequence[Any] | None = None,
        log_progress: bool = True,
    ) -> tuple[Any, Any]:
        """Values of the metrics and the global step; NotFittedError without a checkpoint."""
        checkpoint_path = checkpoint_path or self._latest_checkpoint()
        with tf.Graph().as_default() as graph:
            tf.set_random_seed(self._config.tf_random_seed)
            global_step = training_util.create_global_step(graph)
            features, labels = input_fn()
            self._check_inputs(features, labels)
            ops = self._get_eval_ops(features, labels, metrics)
            update, values = split_metric_ops(ops.eval_metric_ops)
            hooks = list(hooks or [])
            if feed_fn:
                hooks.append(tf.train.FeedFnHook(feed_fn))
            if steps == 0:
                tf.logging.warning("evaluation steps are 0: it only ends when the input does.")
            if steps:
                hooks.append(StopAfterNEvalsHook(steps, log_progress=log_progress))
            step_key = "global_step"
            while step_key in values:
                step_key = "_" + step_key
            values[step_key] = global_step
            results = evaluate_once(
                checkpoint_path=checkpoint_path,
                master=self._config.evaluation_master,
                scaffold=ops.scaffold,
                eval_ops=update,
                final_ops=values,
                hooks=hooks,
                config=self._session_config,
            )
            folder = os.path.join(self._model_dir, "eval_" + name if name else "eval")
            write_summary(folder, results, results[step_key])
        return results, results[step_key]

    def _infer_model(
        self,
        input_fn: Any,
        feed_fn: Any = None,
        outputs: Sequence[str] | None = None,
        as_iterable: bool = True,
        iterate_batches: bool = False,
    ) -> Any:
        """Predictions of the latest checkpoint; NotFittedError without one."""
        checkpoint_path = self._latest_checkpoint()
        with tf.Graph().as_default() as graph:
            tf.set_random_seed(self._config.tf_random_seed)
            training_util.create_global_step(graph)
            result = input_fn()
            ops = self._get_predict_ops(result[0] if isinstance(result, (list, tuple)) else result)
            predictions = _only(ops.predictions, outputs)
            creator = tf.train.ChiefSessionCreator(
                checkpoint_filename_with_path=checkpoint_path, scaffold=ops.scaffold, config=self._session_config
            )
            session = tf.train.MonitoredSession(session_creator=creator)
            if as_iterable:
                return _iterate(session, predictions, feed_fn, iterate_batches)
            with session:
                if not session.should_stop():
                    return session.run(predictions, feed_fn() if feed_fn else None)
        return None

    def _latest_checkpoint(self) -> str:
        found: str | None = tf.train.latest_checkpoint(self._model_dir)
        if not found:
            raise NotFittedError(f"Couldn't find trained model at {self._model_dir}.")
        return found


def _checked(title: str, name: str, tensors: Any, info: Any) -> Any:
    if info is None:
        return tensor_signature.create_signatures(tensors)
    if not tensor_signature.tensors_compatible(tensors, info):
        raise ValueError(
            f"{title} are incompatible with given information. Given {name}: {tensors}, required signatures: {info}."
        )
    return info


def _only(predictions: Any, outputs: Sequence[str] | None) -> Any:
    if not outputs:
        return predictions
    if not isinstance(predictions, dict):
        raise ValueError("outputs argument is not valid in case of non-dict predictions.")
    found = {key: value for key, value in predictions.items() if key in outputs}
    if not found:
        raise ValueError(f"Expected to run at least one output from {predictions.keys()}, provided {outputs}.")
    return found


def _iterate(session: Any, predictions: Any, feed_fn: Any, batches: bool) -> Iterator[Any]:
    """Predictions one by one, or batch by batch, until the input ends; an input that is constant gives one batch."""
    with session:
        constant = feed_fn is None and not session.graph.get_collection(tf.GraphKeys.QUEUE_RUNNERS)
        while not session.should_stop():
            values = session.run(predictions, feed_fn() if feed_fn else None)
            if batches:
                yield values
            elif not isinstance(predictions, dict):
                yield from values
            else:
                first = next(iter(values.values()))
                size = first.dense_shape[0] if isinstance(first, tf.SparseTensorValue) else first.shape[0]
                for i in range(size):
                    yield {key: value[i] for key, value in values.items()}
            if constant:
                return


def replica_device_setter(config: Any) -> Any:
    """Where variables go in a cluster; None without parameter servers."""
    if config.num_ps_replicas <= 0:
        return None
    tables = ("MutableHashTable", "MutableHashTableOfTensors", "MutableDenseHashTable")
    return tf.train.replica_device_setter(
        ps_tasks=config.num_ps_replicas,
        worker_device=f"/job:{config.task_type}/task:{config.task_id}" if config.task_type else "/job:worker",
        merge_devices=True,
        ps_ops=["Variable", "VariableV2", "AutoReloadVariable", "VarHandleOp", *tables, *(t + "V2" for t in tables)],
        cluster=config.cluster_spec,
    )
