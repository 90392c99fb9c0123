"""Grappler, with those of its passes that know nothing of the machine that they run on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow as tf
from tensorflow.core.protobuf import config_pb2, meta_graph_pb2, rewriter_config_pb2
from tensorflow.python.grappler import tf_optimizer

# no `remap` and no `layout`: they make ops for this machine's processor. `fuse.py` makes those that TF.js has.
PASSES = ("pruning", "constfold", "arithmetic", "dependency", "pruning", "constfold", "arithmetic", "dependency")


def optimize(graph_def: Any, outputs: Sequence[str]) -> Any:
    """The graph with constants folded and what is not needed left out.

    Args:
      graph_def: a GraphDef without variables.
      outputs: names of tensors to keep.
    """
    meta = meta_graph_pb2.MetaGraphDef()
    meta.graph_def.CopyFrom(graph_def)
    fetches = meta.collection_def["train_op"]
    fetches.node_list.value.extend(name.partition(":")[0] for name in outputs)
    config = config_pb2.ConfigProto()
    rewriter = config.graph_options.rewrite_options
    rewriter.optimizers.extend(PASSES)
    rewriter.min_graph_nodes = -1
    rewriter.meta_optimizer_iterations = rewriter_config_pb2.RewriterConfig.ONE
    optimized = tf_optimizer.OptimizeGraph(config, meta)
    for node in optimized.node:
        node.device = ""
    return optimized


def without_control(graph_def: Any) -> Any:
    """The graph without control edges: nothing in it has side effects, and TF.js would wait for them."""
    result = tf.compat.v1.GraphDef()
    result.CopyFrom(graph_def)
    for nodes in (result.node, *(function.node_def for function in result.library.function)):
        for node in nodes:
            data = [name for name in node.input if not name.startswith("^")]
            if len(data) != len(node.input):
                node.input[:] = data
    return result
