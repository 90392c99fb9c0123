"""The models of the zoo that are no Keras models: modules with signatures, and what TensorFlow 1 left behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

tf1 = tf.compat.v1


class TwoSignatures(tf.Module):
    """A table that is looked up by row, and scored; both are signatures."""

    def __init__(self) -> None:
        draw = np.random.default_rng(5)
        self.rows = tf.Variable(draw.normal(size=(20, 6)).astype(np.float32))
        self.bias = tf.Variable(draw.normal(size=6).astype(np.float32))

    @tf.function(input_signature=[tf.TensorSpec([None], tf.int32, name="index")])
    def embed(self, index: Any) -> dict[str, Any]:
        return {"row": tf.gather(self.rows, index) + self.bias}

    @tf.function(input_signature=[tf.TensorSpec([None, 6], tf.float32, name="query")])
    def score(self, query: Any) -> dict[str, Any]:
        scores = tf.matmul(query + self.bias, self.rows, transpose_b=True)
        return {"scores": scores, "best": tf.argmax(scores, axis=-1, output_type=tf.int32)}


class Loop(tf.Module):
    """A loop whose number of rounds depends on the input."""

    def __init__(self) -> None:
        draw = np.random.default_rng(6)
        self.step = tf.Variable((draw.normal(size=(4, 4)) * 0.4).astype(np.float32))

    @tf.function(input_signature=[tf.TensorSpec([None, 4], tf.float32, name="start")])
    def run(self, start: Any) -> dict[str, Any]:
        def shrink(i: Any, x: Any) -> tuple[Any, Any]:
            return i + 1, tf.tanh(tf.matmul(x, self.step)) * 0.9

        rounds, end = tf.while_loop(
            lambda i, x: tf.logical_and(i < 12, tf.reduce_max(tf.abs(x)) > 0.05), shrink, [tf.constant(0), start]
        )
        return {"end": end, "rounds": rounds}


def two_signatures(path: Path) -> None:
    module = TwoSignatures()
    tf.saved_model.save(module, str(path), signatures={"embed": module.embed, "score": module.score})


def while_loop(path: Path) -> None:
    module = Loop()
    tf.saved_model.save(module, str(path), signatures=module.run)


def _network() -> tuple[Any, Any, Any]:
    """A network as TensorFlow 1 programs have it: input, logits and probabilities."""
    x = tf1.placeholder(tf.float32, [None, 8], name="x")
    draw = np.random.default_rng(7)
    hidden = x
    for index, (rows, columns) in enumerate([(8, 16), (16, 4)]):
        kernel = tf1.get_variable(f"w{index}", initializer=(draw.normal(size=(rows, columns)) / 3).astype(np.float32))
        bias = tf1.get_variable(f"b{index}", initializer=draw.normal(size=columns).astype(np.float32))
        hidden = tf.matmul(hidden, kernel) + bias
        hidden = tf.nn.relu(hidden) if index == 0 else tf.identity(hidden, name="logits")
    return x, hidden, tf.nn.softmax(hidden, name="probabilities")


def frozen_graph(path: Path) -> None:
    with tf.Graph().as_default(), tf1.Session() as session:
        _network()
        session.run(tf1.global_variables_initializer())
        frozen = tf1.graph_util.convert_variables_to_constants(session, session.graph_def, ["probabilities"])
    path.write_bytes(frozen.SerializeToString())


def checkpoint(path: Path) -> None:
    """`path` is a prefix; path.meta, path.index and path.data-… are written."""
    with tf.Graph().as_default(), tf1.Session() as session:
        _network()
        session.run(tf1.global_variables_initializer())
        tf1.train.Saver().save(session, str(path), write_state=False)


def saved_model_1(path: Path) -> None:
    """As `simple_save` wrote them: a graph with variables, not functions."""
    with tf.Graph().as_default(), tf1.Session() as session:
        x, logits, probabilities = _network()
        session.run(tf1.global_variables_initializer())
        tf1.saved_model.simple_save(session, str(path), {"x": x}, {"logits": logits, "probabilities": probabilities})
