"""Models of Keras: their methods stay; ``model.input`` is a parameter and ``model.output`` a call of the model in functions."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import values
from ..refusal import Refusal
from ..statements import Statement
from ..structural import handles
from ..values import Placeholder, Plain, Sequence, Symbolic, Tensor, Value, is_graph, leaves
from ..vocabulary import keras as vocabulary
from .keras import Layer, Optimizer, bound_to, shares_session, without_lists

if TYPE_CHECKING:
    from ..evaluate import Evaluator

_LISTS = frozenset({"trainable_weights", "trainable_variables", "weights", "variables"})


@dataclass(slots=True, eq=False)
class Model(Layer):
    """A model.

    Attributes:
      inputs, outputs: where it was made of them. trained: whether Keras trained it.
      placeholder, computed: its input and output in functions, once something read them. made_by: the statement that made it.
    """

    inputs: Symbolic | None = None
    outputs: Symbolic | None = None
    trained: bool = False
    placeholder: Placeholder | None = None
    computed: Statement | None = None
    made_by: Statement | None = None


# -- making ----------------------------------------------------------------------------------------------------------
@handles("keras.Model", "keras.models.Model")
def _model(self: Evaluator, node: ast.Call) -> Value:
    bound = bound_to(self, node, vocabulary.MODEL)
    found = [self.value(bound.get(name)) for name in ("inputs", "outputs")]
    if not all(isinstance(leaf, Symbolic) for v in found for leaf in leaves(v)):
        raise Refusal(node, "a model of Keras is made of tensors of the graph")
    inputs, outputs = (v if isinstance(v, Symbolic) else None for v in found)
    return _made(self, node, inputs, outputs)


@handles("keras.Sequential", "keras.models.Sequential")
def _sequential(self: Evaluator, node: ast.Call) -> Value:
    bound = bound_to(self, node, vocabulary.SEQUENTIAL)
    if not bound:
        return _made(self, node, None, None)
    listed = self.value(bound.get("layers"))
    if not isinstance(listed, Sequence):
        raise Refusal(node, "the layers of a model are not written out")
    for layer in listed.items:
        _take(node, layer)
    return _made(self, node, None, None)


def _take(node: ast.Call, layer: Value) -> None:
    """Make a layer a part of a model."""
    if not isinstance(layer, Layer) or layer.outside:
        raise Refusal(node, "what a model is made of is not known to be a layer of its own")
    layer.inside = True


def _made(self: Evaluator, node: ast.Call, inputs: Symbolic | None, outputs: Symbolic | None) -> Model:
    if self.in_loop:
        raise Refusal(node, "a model of Keras is made in a loop")
    without_lists(self, node)
    model = Model("", self.unique("keras model"), "layer", True, node, len(self.region.states))
    model.inputs, model.outputs, model.made_by = inputs, outputs, self.statement
    self.region.states.append(model)
    return model


# -- tensors ---------------------------------------------------------------------------------------------------------
def attribute(self: Evaluator, node: ast.Attribute, model: Model) -> Value:
    """What an attribute of a model stands for."""
    if self.statement is not None and node.attr in ("input", "output"):
        placeholder = _placeholder(self, node, model)
        if node.attr == "input":
            self.replacements[node] = lambda r: r.name(placeholder.name)
            self.statement.inputs[placeholder.name] = placeholder
            return placeholder
        computed = _computed(self, node, model, placeholder)
        (key,) = computed.defines
        self.replacements[node] = lambda r: r.name(key)
        self.statement.uses[key] = self.statement.uses.get(key, frozenset()) | {computed}
        return Tensor()
    if node.attr in _LISTS:
        return Sequence((model,))
    if node.attr in ("input_shape", "output_shape"):
        return Plain()
    raise Refusal(node, f"`.{node.attr}` of a model of Keras is used")


def _placeholder(self: Evaluator, node: ast.AST, model: Model) -> Placeholder:
    """The input of a model as a parameter."""
    if model.placeholder is None:
        if model.inputs is None or not model.path:
            raise Refusal(node, "a model is read that has no single input or no name")
        made = model.inputs.node
        given = {k.arg: k.value for k in made.keywords}
        shape = made.args[0] if made.args else given.get("shape")
        if (
            not isinstance(shape, (ast.Tuple, ast.List))
            or set(given) - {"shape", "name", "dtype"}
            or len(made.args) > 1
        ):
            raise Refusal(made, "the shape of a model's input is not written out")
        dtype = ast.literal_eval(given["dtype"]) if isinstance(given.get("dtype"), ast.Constant) else "float32"
        if "dtype" in given and not isinstance(given["dtype"], ast.Constant):
            raise Refusal(made, "the type of a model's input is not a literal")
        if self.region.is_class and not all(isinstance(e, ast.Constant) for e in shape.elts):
            raise Refusal(shape, "the shape of a model's input is only known when an object of the class is made")
        dims = ", ".join(["None", *(self.context.source(e) for e in shape.elts)])
        name = model.inputs.name if model.inputs.name != "variable" else self.region.fresh("inputs")
        without_shape = ast.copy_location(ast.Call(made.func, [], []), made)  # Input's has no batch dimension
        model.placeholder = Placeholder(name, without_shape, f"{self.tf_prefix}.{dtype}", f"[{dims}]")
    return model.placeholder


def _computed(self: Evaluator, node: ast.AST, model: Model, placeholder: Placeholder) -> Statement:
    """The call of the model, as a statement of its own that functions begin with."""
    if model.computed is None:
        if model.made_by is None or model.made_by.region is not self.region:
            raise Refusal(node, "the output of a model is read elsewhere than where it was made")
        known = model.outputs.name if model.outputs is not None else "variable"
        name = known if known not in ("variable", placeholder.name) else self.region.fresh("outputs")
        made = ast.Assign([ast.Name(name, ast.Store())], ast.Constant(None))
        for new in ast.walk(made):
            new.lineno = new.end_lineno = 1  # type: ignore[attr-defined]
            new.col_offset, new.end_col_offset = 0, 0  # type: ignore[attr-defined]
        self.replacements[made] = lambda r: f"{name} = {r.name(model.reached)}({r.name(placeholder.name)})"
        statement = Statement(made, model.made_by.index, "graph", region=self.region)
        statement.inputs[placeholder.name] = placeholder
        statement.touched[model.scoped] = model
        statement.defines.add(name)
        statement.reads.add(model.path)
        self.region.statements.append(statement)
        model.computed = statement
    return model.computed


# -- methods ---------------------------------------------------------------------------------------------------------
def method(self: Evaluator, node: ast.Call, model: Model, name: str) -> Value:
    """What a method of a model gives."""
    if name == "add":
        for layer in self.arguments(node):
            _take(node, layer)
        return Plain()
    if name == "compile":
        return _compile(self, node)
    if name not in vocabulary.METHODS:
        raise Refusal(node, f"`{name}` of a model of Keras is not lifted")
    known = vocabulary.METHODS[name]
    unknown = [str(k.arg) for k in node.keywords if k.arg not in known]
    if unknown or len(node.args) > min(len(known), 2):
        raise Refusal(node, f"`{unknown[0] if unknown else name}` of a model of Keras is not lifted")
    if any(is_graph(leaf) for v in self.arguments(node) for leaf in leaves(v)):
        raise Refusal(node, f"`{name}` of a model is given tensors of the graph")
    if not shares_session(self):
        raise Refusal(node, "Keras and the program's runs have a session each, and so variables of their own")
    model.trained = model.trained or name in ("fit", "set_weights")
    if name == "predict" and not any(k.arg == "verbose" for k in node.keywords):
        self.replacements[node] = lambda r: f"{r.spliced(node)[:-1].rstrip().rstrip(',')}, verbose=0)"
    return Plain()


def _compile(self: Evaluator, node: ast.Call) -> Value:
    """``model.compile(…)``: accuracies keep the name under which TensorFlow 1 reported them."""
    given = dict(zip(("optimizer", "loss"), node.args, strict=False))
    given.update({str(k.arg): k.value for k in node.keywords})
    if set(given) - {"optimizer", "loss", "metrics"} or len(node.args) > 2 or not {"optimizer", "loss"} <= set(given):
        raise Refusal(node, "a model is compiled with arguments that are not lifted")
    optimizer = self.value(given["optimizer"])
    named = isinstance(optimizer, Plain) and str(optimizer.constant).lower() in vocabulary.OPTIMIZER_NAMES
    fixed = isinstance(optimizer, values.Optimizer) and optimizer.rate is None and optimizer.step is None
    if not (named or isinstance(optimizer, Optimizer) or (fixed and isinstance(given["optimizer"], ast.Call))):
        raise Refusal(given["optimizer"], "the optimizer of a model is not known to compute the same in Keras 3")
    loss = self.value(given["loss"])
    if not isinstance(loss, Plain) or loss.constant not in vocabulary.LOSS_NAMES:
        raise Refusal(given["loss"], "the loss of a model is not known to compute the same in Keras 3")
    metrics = given.get("metrics")
    if metrics is not None and not isinstance(metrics, ast.List):
        raise Refusal(metrics, "the metrics of a model are not written out")
    for metric in metrics.elts if isinstance(metrics, ast.List) else []:
        if not isinstance(metric, ast.Constant) or metric.value not in vocabulary.ACCURACY:
            raise Refusal(metric, "a metric of a model is not known to be reported alike by Keras 3")
        self.replacements[metric] = lambda r: r.context.quoted("acc")
    return Plain()


def is_trained(self: Evaluator) -> bool:
    """Whether a model was trained, so that variables that are initialised now would start again."""
    return any(isinstance(s, Model) and s.trained for s in self.region.states)
