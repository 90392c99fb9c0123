"""Predictors of SavedModels.

Adapted from TensorFlow 1.15, contrib/predictor/saved_model_predictor.py, Copyright 2017 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.saved_model.loader_impl import parse_saved_model

from .predictor import Predictor

DEFAULT_TAGS = "serve"


class SavedModelPredictor(Predictor):
    """A SavedModel's graph with these tags (joined by commas); by default its signature "serving_default"."""

    def __init__(
        self,
        export_dir: str,
        signature_def_key: str | None = None,
        signature_def: Any = None,
        input_names: dict[str, str] | None = None,
        output_names: dict[str, str] | None = None,
        tags: str | None = None,
        graph: Any = None,
        config: Any = None,
    ) -> None:
        if (input_names is None) != (output_names is None):
            raise ValueError("input_names and output_names must both be specified or both be unspecified.")
        if sum(given is not None for given in (signature_def_key, signature_def, input_names)) > 1:
            raise ValueError(
                "You must specify at most one of signature_def_key OR signature_def OR(input_names AND output_names)."
            )
        tags = tags or DEFAULT_TAGS
        self._graph = graph or tf.Graph()
        with self._graph.as_default():
            self._session = tf.Session(config=config)
            tf.saved_model.loader.load(self._session, tags.split(","), export_dir)
        if input_names is None or output_names is None:
            if signature_def is None:
                signature_def = _signature(signature_def_key, get_meta_graph_def(export_dir, tags))
            input_names = {k: v.name for k, v in signature_def.inputs.items()}
            output_names = {k: v.name for k, v in signature_def.outputs.items()}
        tensor = self._graph.get_tensor_by_name
        self._feed_tensors = {k: tensor(v) for k, v in input_names.items()}
        self._fetch_tensors = {k: tensor(v) for k, v in output_names.items()}


def get_meta_graph_def(saved_model_dir: str, tags: str) -> Any:
    """The graph of a SavedModel that has exactly these tags; ValueError if none has."""
    wanted = {tag.strip() for tag in tags.split(",")}
    for meta_graph in parse_saved_model(saved_model_dir).meta_graphs:
        if set(meta_graph.meta_info_def.tags) == wanted:
            return meta_graph
    raise ValueError(f"Could not find MetaGraphDef with tags {tags}")


def _signature(key: str | None, meta_graph: Any) -> Any:
    signatures = meta_graph.signature_def
    key = key or tf.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY
    # exports of tf.contrib.learn have the input in front
    for candidate in (key, f"default_input_alternative:{key}"):
        if candidate in signatures:
            return signatures[candidate]
    # 1.15 went on with no inputs and outputs: graph and session can be used all the same
    tf.logging.warning('Got signature_def_key "%s". Available signatures are %s.', key, list(signatures))
    return signatures[key]
