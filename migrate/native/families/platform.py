"""Logging and the MNIST tutorial's loader.

Messages go through ``tf.get_logger()``: the logger of ``tf.logging``, with the same name, level and format; absl's writes another one.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ..needs import local_name
from ..refusal import Refusal
from ..structural import SPACES, argument, handles
from ..values import Dropped, Plain, Value, is_graph

if TYPE_CHECKING:
    from ..evaluate import Evaluator

_MNIST = "tf.examples.tutorials.mnist.input_data"
_LEVELS = {"DEBUG": "DEBUG", "INFO": "INFO", "WARN": "WARNING", "ERROR": "ERROR", "FATAL": "FATAL"}
_METHODS = {
    "debug": "debug",
    "error": "error",
    "fatal": "fatal",
    "info": "info",
    "log": "log",
    "warn": "warning",
    "warning": "warning",
    "set_verbosity": "setLevel",
    "get_verbosity": "getEffectiveLevel",
}


# -- logging ---------------------------------------------------------------------------------------------------------
def _logging(self: Evaluator, node: ast.expr, name: str) -> Value:
    """``tf.logging.INFO``, or a function of it that is passed on."""
    last = name.removeprefix("tf.logging").removeprefix(".")
    if last in _LEVELS:
        logging = local_name(self.context, "", "logging")
        self.replacements[node] = lambda r: f"{r.need('', 'logging', logging)}.{_LEVELS[last]}"
    elif last in _METHODS:
        self.replacements[node] = lambda r: f"{r.tf('tf.get_logger')}().{_METHODS[last]}"
    elif not last:
        return Dropped("import")
    else:
        raise Refusal(node, f"`{name}` has no counterpart", "use the functions of absl.logging")
    return Plain()


def _logging_call(self: Evaluator, node: ast.Call, name: str) -> Value:
    if any(is_graph(v) for v in self.arguments(node)):
        raise Refusal(node, "a tensor of the graph is logged")
    _logging(self, node.func, name)
    level = argument(node, 0, "v")
    if name == "tf.logging.set_verbosity" and level is not None:
        constant = str(self.context.tf_name(level)).removeprefix("tf.logging.")
        text = f"{self.context.quote}{_LEVELS[constant]}{self.context.quote}" if constant in _LEVELS else ""
        self.replacements[node] = lambda r: f"{r.tf('tf.get_logger')}().setLevel({text or r.text(level)})"
    return Plain()


# -- the MNIST tutorial ----------------------------------------------------------------------------------------------
def _mnist(self: Evaluator, node: ast.expr, name: str) -> Value:
    """The loader keeps its name; only the import changes."""
    if self.context.base_name(node).count(".") < 3:
        raise Refusal(node, f"`{name}` is reached through the package `tensorflow`", "import input_data by itself")
    return Plain()


def _mnist_call(self: Evaluator, node: ast.Call, name: str) -> Value:
    self.arguments(node)
    return _mnist(self, node.func, name)


@handles("python_io.tf_record_iterator", "io.tf_record_iterator")
def _record_iterator(self: Evaluator, node: ast.Call) -> Value:
    self.arguments(node)
    if len(node.args) != 1 or node.keywords:
        raise Refusal(node, "records are read with options", "use tf.data.TFRecordDataset")
    self.replacements[node] = lambda r: f"{r.tf('tf.data.TFRecordDataset')}({r.text(node.args[0])}).as_numpy_iterator()"
    return Plain()


@handles("disable_v2_behavior", "disable_eager_execution", "enable_resource_variables", "disable_v2_tensorshape")
def _behaviour(self: Evaluator, node: ast.Call) -> Value:
    """What made TensorFlow 2 behave like version 1, for a program that did not need it to."""
    self.arguments(node)
    return Dropped("config")


SPACES["tf.logging"] = (_logging, _logging_call)
SPACES[_MNIST] = (_mnist, _mnist_call)
