"""What TensorFlow 2 does in another way altogether: refused, with that way."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NoReturn

from ..refusal import Refusal
from ..structural import SPACES, handles
from ..values import Value

if TYPE_CHECKING:
    from ..evaluate import Evaluator

_FROZEN = (
    "is about the graph as data, which a program of functions does not have",
    "export with tf.saved_model.save and read with tf.saved_model.load; tf2kit export makes the files of other runtimes",
)
_WAYS = {
    "tf.train.write_graph": _FROZEN,
    "tf.io.write_graph": _FROZEN,
    "tf.import_graph_def": _FROZEN,
    "tf.graph_util.import_graph_def": _FROZEN,
    "tf.graph_util.convert_variables_to_constants": _FROZEN,
    "tf.graph_util.extract_sub_graph": _FROZEN,
    "tf.graph_util.remove_training_nodes": _FROZEN,
    "tf.GraphDef": _FROZEN,
    "tf.contrib.learn.preprocessing.VocabularyProcessor": (
        "numbers words in an order of its own",
        "number them in Python, and keep the numbers with the checkpoint; tf.keras.layers.TextVectorization gives others",
    ),
}
_DISTRIBUTIONS = "its objects draw and compute; TensorFlow 2 has none of them"


@handles(*(name.removeprefix("tf.") for name in _WAYS))
def _way(self: Evaluator, node: ast.Call) -> Value:
    name = str(self.context.tf_name(node.func))
    reason, todo = _WAYS[name]
    raise Refusal(node, f"`{name}` {reason}", todo)


def _distribution(_: Evaluator, node: ast.AST, name: str) -> NoReturn:
    raise Refusal(
        node, f"`{name}`: {_DISTRIBUTIONS}", "use tensorflow_probability.distributions, or write the densities out"
    )


SPACES["tf.distributions"] = (_distribution, _distribution)
SPACES["tf.contrib.distributions"] = (_distribution, _distribution)
