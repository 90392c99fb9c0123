"""Flags, the main function, logging and the MNIST tutorial's loader.

``tf.flags`` is absl's ``flags`` with two additions: older names of parameters, and parsing by itself when a flag is first read.
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

_FLAGS = ("tf.flags", "tf.app.flags", "tf.python.platform.flags")
_OLD_PARAMETERS = {"flag_name": "name", "default_value": "default", "docstring": "help"}
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


# -- flags -----------------------------------------------------------------------------------------------------------
def flag_name(name: str) -> str | None:
    """What follows ``flags`` in the name of a flag or of a function that defines one; None for other names."""
    home = next((h for h in _FLAGS if name == h or name.startswith(f"{h}.")), None)
    return None if home is None else name[len(home) + 1 :]


def _flags(self: Evaluator, node: ast.expr, name: str) -> Value:
    """``tf.flags`` and everything below it."""
    rest = flag_name(name) or ""
    base = flag_name(self.context.base_name(node))
    if base is None or not base:
        flags = local_name(self.context, "absl", "flags")
        self.replacements[node] = lambda r: (
            f"{r.need('absl', 'flags', flags)}.{rest}" if rest else r.need("absl", "flags", flags)
        )
    if not rest:
        # `flags = tf.flags` says what the import says
        parent = self.context.parents.get(node)
        alone = isinstance(parent, ast.Assign) and [ast.unparse(t) for t in parent.targets] == [flags]
        return Dropped("import") if alone else Plain()
    return Plain()


def _flags_call(self: Evaluator, node: ast.Call, name: str) -> Value:
    """``DEFINE_…`` and methods of FLAGS."""
    if any(is_graph(v) for v in self.arguments(node)):
        raise Refusal(node, "a tensor is given to a flag")
    rest = flag_name(name) or ""
    _flags(self, node.func, name)
    renamed = [k for k in node.keywords if k.arg in _OLD_PARAMETERS]
    if rest.startswith("DEFINE_") and renamed:
        for keyword in renamed:
            new = _OLD_PARAMETERS[str(keyword.arg)]
            self.replacements[keyword] = lambda r, k=keyword, n=new: f"{n}={r.text(k.value)}"  # type: ignore[misc]
    return Plain()


@handles("app.run")
def _run(self: Evaluator, node: ast.Call) -> Value:
    main, argv = argument(node, 0, "main"), argument(node, 1, "argv")
    if len(node.args) > 2 or any(k.arg not in ("main", "argv") for k in node.keywords):
        raise Refusal(node, "`tf.app.run` has arguments that are not known")
    self.arguments(node)
    app = local_name(self.context, "absl", "app")

    def text(r) -> str:  # type: ignore[no-untyped-def]
        given = ["main" if main is None or ast.unparse(main) == "None" else r.text(main)]
        if argv is not None:
            given.append(f"argv={r.text(argv)}")
        return f"{r.need('absl', 'app', app)}.run({', '.join(given)})"

    self.replacements[node] = text
    return Plain()


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


for _home in _FLAGS:
    SPACES[_home] = (_flags, _flags_call)
SPACES["tf.logging"] = (_logging, _logging_call)
SPACES[_MNIST] = (_mnist, _mnist_call)
