"""Write the model of an old estimator as a SavedModel.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/estimators/estimator.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import tensorflow.compat.v1 as tf
from tensorflow.compat import as_bytes
from tensorflow.python.ops import resources
from tensorflow.python.ops.variables import _all_saveable_objects
from tensorflow.python.training import training_util

from ..utils.export_folders import get_temp_export_dir, get_timestamped_export_dir
from ..utils.signatures import build_all_signature_defs, get_input_alternatives, get_output_alternatives
from .keys import COLLECTION_DEF_KEY_FOR_INPUT_FEATURE_KEYS


class GraphRewriteSpec(NamedTuple):
    """Tags of one graph in the SavedModel, and transformations of it; only the graph itself, without any, can be written."""

    tags: Sequence[str]
    transforms: Sequence[str]


def export_savedmodel(
    call_model_fn: Callable[[Any], Any],
    checkpoint_path: str,
    export_dir_base: str,
    serving_input_fn: Callable[[], Any],
    default_output_alternative_key: str | None,
    assets_extra: dict[str, str] | None,
    as_text: bool,
    graph_rewrite_specs: Sequence[GraphRewriteSpec],
    strip_default_attrs: bool,
) -> bytes:
    """The work of `Estimator.export_savedmodel`; ``call_model_fn`` makes the model of features for predictions."""
    if not graph_rewrite_specs or graph_rewrite_specs[0].transforms:
        raise ValueError("The first element of graph_rewrite_specs must specify no transforms.")
    if graph_rewrite_specs[1:]:
        raise NotImplementedError(
            "TensorFlow has lost the graph transforms of graph_rewrite_specs. Export without them, and optimize the SavedModel "
            "with tf.lite.TFLiteConverter, or with the graph optimizer Grappler, which runs when it is loaded."
        )
    export_dir = get_timestamped_export_dir(export_dir_base)
    temp_dir = get_temp_export_dir(export_dir)
    builder = tf.saved_model.builder.SavedModelBuilder(temp_dir)
    with tf.Graph().as_default() as graph:
        training_util.create_global_step(graph)
        input_ops = serving_input_fn()
        inputs, features = get_input_alternatives(input_ops)
        for feature_key in input_ops.features:
            tf.add_to_collection(COLLECTION_DEF_KEY_FOR_INPUT_FEATURE_KEYS, feature_key)
        ops = call_model_fn(features)
        signatures = build_all_signature_defs(inputs, *get_output_alternatives(ops, default_output_alternative_key))
        main_op = tf.group(
            tf.local_variables_initializer(),
            resources.initialize_resources(resources.shared_resources()),
            tf.tables_initializer(),
        )
        with tf.Session("") as session:
            _restore(session, ops.scaffold, checkpoint_path)
            builder.add_meta_graph_and_variables(
                session,
                graph_rewrite_specs[0].tags,
                signature_def_map=signatures,
                assets_collection=tf.get_collection(tf.GraphKeys.ASSET_FILEPATHS),
                main_op=main_op,
                strip_default_attrs=strip_default_attrs,
            )
    _copy_extra(assets_extra or {}, temp_dir)
    builder.save(as_text)
    tf.gfile.Rename(temp_dir, export_dir)
    return export_dir


def _restore(session: Any, scaffold: Any, checkpoint_path: str) -> None:
    own = None if scaffold is None else scaffold.saver
    (own or tf.train.Saver(_all_saveable_objects(), sharded=True)).restore(session, checkpoint_path)


def _copy_extra(assets: dict[str, str], folder: bytes) -> None:
    for relative, source in assets.items():
        target = os.path.join(folder, b"assets.extra", as_bytes(relative))
        tf.gfile.MakeDirs(os.path.dirname(target))
        tf.gfile.Copy(source, target)
