"""Summaries: what a run that fetches them writes becomes calls of ``tf.summary`` in the function that replaces the run.

Tags are those of TensorFlow 1: the name scope and the name, made unique among all operations.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from .. import objects
from ..environment import key_of
from ..refusal import Refusal
from ..statements import Statement
from ..structural import argument, handles
from ..values import Sequence, Series, Summary, Value, leaves

if TYPE_CHECKING:
    from ..evaluate import Evaluator
    from ..render import Renderer

Tag = str | Callable[["Renderer"], str]
_PARAMETERS = {
    "scalar": ("name", "tensor", "collections", "family"),
    "histogram": ("name", "values", "collections", "family"),
    "text": ("name", "tensor", "collections"),
    "image": ("name", "tensor", "max_outputs", "collections", "family"),
}
# summary_op_util.clean_tag of TensorFlow 1.15
_NOT_IN_TAGS = re.compile(r"[^-/\w.]")


@handles("summary.scalar", "summary.histogram", "summary.text", "summary.image")
def _summary(self: Evaluator, node: ast.Call) -> Value:
    kind = str(self.context.tf_name(node.func)).rsplit(".", 1)[-1]
    parameters = _PARAMETERS[kind]
    given = dict(zip(parameters, node.args, strict=False))
    given.update({str(k.arg): k.value for k in node.keywords})
    name, data = given.get("name"), given.get(parameters[1])
    if set(given) - set(parameters) or name is None or data is None or self.statement is None:
        raise Refusal(node, f"`tf.summary.{kind}` has arguments that are not known")
    self.values(given[k] for k in (parameters[1], "max_outputs") if k in given)
    tag = _tag(self, node, name, given.get("family"))
    if _is_collected(self, given.get("collections")):
        self.region.summaries.append(self.statement)
    elif self.depth:
        raise Refusal(node, "a summary inside a function goes into a collection of the program's own")
    self.statement.summarises = True
    self.statement.summarises_inside |= self.depth > 0
    self.statement.summarises_numbers |= kind == "scalar"
    self.replacements[node] = lambda r: _written(r, kind, tag, data, given.get("max_outputs"))
    _without_target(self, node)
    return Summary()


@handles("summary.audio")
def _audio(_: Evaluator, node: ast.Call) -> Value:
    raise Refusal(
        node, "the tf.summary of TensorFlow 2 writes no sounds with their length", "use tf.summary.audio by hand"
    )


def _written(r: Renderer, kind: str, tag: Tag, data: ast.expr, most: ast.expr | None) -> str:
    """The call that writes one summary."""
    parts = [tag if isinstance(tag, str) else tag(r), r.text(data)]
    if kind == "image":
        parts[1] = f"to_pixels({parts[1]})"
    if most is not None:
        parts.append(f"max_outputs={r.text(most)}")
    return f"{r.tf(f'tf.summary.{kind}')}({', '.join(parts)})"


def _tag(self: Evaluator, node: ast.Call, name: ast.expr, family: ast.expr | None) -> Tag:
    """The text of the tag, or a function from a renderer to it."""
    names, q = self.region.names, self.context.quote
    prefix = names.prefix
    if prefix is None:
        raise Refusal(node, "a summary is in a scope whose name is only known when the program runs")
    if family is not None and not (isinstance(family, ast.Constant) and family.value is None):
        raise Refusal(family, "`family` of a summary is not lifted")
    if isinstance(name, ast.Constant) and isinstance(name.value, str):
        if self.in_loop:
            raise Refusal(node, "a summary of one name is made in a loop; TensorFlow 1 numbers its tags")
        full = names.unique(_NOT_IN_TAGS.sub("_", name.value).lstrip("/"))
        tag = _relative(self, node, full, prefix)
        return self.context.source(name) if tag == name.value else f"{q}{tag}{q}"
    self.value(name)
    outer = "" if self.depth or not prefix else f"{q}{prefix}/{q} + "

    def text(r: Renderer) -> str:
        found = r.text(name)
        if any(isinstance(n, ast.Attribute) and n.attr == "name" for n in ast.walk(name)):
            # names of variables have a colon, which tags of TensorFlow 1 have not
            found = (
                f"{found if isinstance(name, (ast.Attribute, ast.Name)) else f'({found})'}.replace({q}:{q}, {q}_{q})"
            )
        return outer + found

    return text


def _relative(self: Evaluator, node: ast.Call, full: str, prefix: str) -> str:
    """The tag as it must be written: in functions their scopes stay, and the tag is what follows."""
    if not self.depth:
        return full
    found = full[len(prefix) + 1 :] if prefix else full
    if self.context.tags.setdefault(node, found) != found:
        raise Refusal(node, "a summary has another tag at each call of its function")
    return found


def _is_collected(self: Evaluator, collections: ast.expr | None) -> bool:
    """Whether ``merge_all`` finds it."""
    if collections is None or (isinstance(collections, ast.Constant) and collections.value is None):
        return True
    if not isinstance(collections, (ast.List, ast.Tuple)):
        raise Refusal(collections, "the collections of a summary are not known")
    return any(
        self.context.tf_name(e) == "tf.GraphKeys.SUMMARIES" or (isinstance(e, ast.Constant) and e.value == "summaries")
        for e in collections.elts
    )


def _without_target(self: Evaluator, node: ast.Call) -> None:
    """A name for a summary is only used to merge it."""
    statement = self.statement
    if (
        statement is not None
        and not self.depth
        and isinstance(statement.node, ast.Assign)
        and statement.node.value is node
    ):
        self.replacements[statement.node] = lambda r: r.text(node)


@handles("summary.merge_all")
def _merge_all(self: Evaluator, node: ast.Call) -> Value:
    key = argument(node, 0, "key")
    if key is not None and self.context.tf_name(key) != "tf.GraphKeys.SUMMARIES":
        raise Refusal(node, "summaries of a collection of the program's own are merged")
    objects.collect(self, node, lambda region: region.summaries, "summaries")
    found = list(dict.fromkeys(_outermost(s) for s in self.region.summaries))
    if not found:
        raise Refusal(node, "summaries are merged where there are none")
    assert self.statement is not None
    self.statement.summarises = True
    for statement in found:
        if statement is not self.statement:
            self.statement.uses[f"summary {statement.index}"] = frozenset([statement])
            self.statement.merges.add(f"summary {statement.index}")
    if isinstance(self.statement.node, ast.Assign):
        self.replacements[self.statement.node] = lambda _: ""
    return Summary()


@handles("summary.merge")
def _merge(self: Evaluator, node: ast.Call) -> Value:
    inputs = argument(node, 0, "inputs")
    if inputs is None or argument(node, 1, "collections") is not None or self.statement is None:
        raise Refusal(node, "this way of merging summaries is not lifted")
    value = self.value(inputs)
    if not isinstance(value, (Sequence, Series)) or not isinstance(inputs, (ast.List, ast.Tuple, ast.Name)):
        raise Refusal(node, "the summaries that are merged are not known")
    for leaf in leaves(value):
        if not isinstance(leaf, Summary):
            raise Refusal(node, "something that is merged is no summary")
    self.statement.summarises = True
    elements = [inputs] if isinstance(inputs, ast.Name) else inputs.elts
    self.statement.merges |= {str(key_of(e)) for e in elements}
    made = [e for e in elements if isinstance(e, ast.Call)]
    if isinstance(self.statement.node, ast.Assign):
        pad = " " * self.statement.node.col_offset
        self.replacements[self.statement.node] = lambda r: f"\n{pad}".join(r.text(e) for e in made)
    return Summary()


def _outermost(statement: Statement) -> Statement:
    """The statement that moves as a whole: a loop with the summaries in it."""
    while statement.parent is not None and statement.parent.kind == "graph":
        statement = statement.parent
    return statement
