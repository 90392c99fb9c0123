"""``tf.train.Saver`` becomes ``tf.train.Checkpoint``, with a ``CheckpointManager`` around it where files are numbered.

The name that the program gave the Saver stays: it is the manager where there is one, else the checkpoint.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..context import Region
from ..refusal import Refusal
from ..structural import handles
from ..values import Plain, Saver, Session, State, Value
from . import saved
from .saved import Contents

if TYPE_CHECKING:
    from ..evaluate import Evaluator
    from ..render import Renderer

_WIDTH = 100
_PARAMETERS = (
    "var_list",
    "reshape",
    "sharded",
    "max_to_keep",
    "keep_checkpoint_every_n_hours",
    "name",
    "restore_sequentially",
)
_WITHOUT_EFFECT = frozenset(
    {"name", "restore_sequentially", "sharded", "allow_empty", "save_relative_paths", "write_version"}
)
_SAVE = ("sess", "save_path", "global_step", "latest_filename", "meta_graph_suffix", "write_meta_graph", "write_state")


@dataclass(eq=False, slots=True)
class Save:
    """One ``saver.save``: where to, and the number in the file's name."""

    node: ast.Call
    path: ast.expr
    step: ast.expr | None


@dataclass(eq=False, slots=True)
class Use:
    """One Saver: what it holds, what it is told, and where it saves."""

    node: ast.Call
    region: Region
    contents: Contents
    options: dict[str, ast.expr]
    saves: list[Save] = field(default_factory=list)

    @property
    def numbered(self) -> list[Save]:
        """The saves whose files have a number."""
        return [s for s in self.saves if s.step is not None]


@handles("train.Saver")
def _saver(self: Evaluator, node: ast.Call) -> Value:
    given = dict(zip(_PARAMETERS, node.args, strict=False))
    given.update({str(k.arg): k.value for k in node.keywords})
    known = {"var_list", "max_to_keep", "keep_checkpoint_every_n_hours", *_WITHOUT_EFFECT}
    for name in given:
        if name not in known:
            raise Refusal(node, f"`{name}` of a Saver is not lifted")
    if self.depth or self.in_loop:
        raise Refusal(node, "a Saver is made inside a function that builds the graph, or in a loop")
    for name in ("max_to_keep", "keep_checkpoint_every_n_hours"):
        self.value(given.get(name))
    use = Use(node, self.region, saved.contents(self, node, given.get("var_list")), given)
    self.context.savers[node] = use
    self.replacements[node] = lambda r: _made(r, use)
    return Saver("", node)


def _made(r: Renderer, use: Use) -> str:
    """The text that makes the checkpoint, or its manager."""
    use.contents.by_old_name = len({id(u.region) for u in r.context.savers.values()}) > 1
    base, unit = use.node.col_offset - _into_line(r, use.node), r.layout.unit
    items = [f"{name}={text}" for name, text in use.contents.items(r)]
    inner = base + unit if use.numbered else base
    checkpoint = _call(r.tf("tf.train.Checkpoint"), items, inner, unit)
    if not use.numbered:
        if r.context.reads_checkpoint_state and use.saves:
            raise Refusal(
                use.saves[0].node, "the latest checkpoint is looked up, and this one has no number", "give global_step"
            )
        return checkpoint
    directory, name = saved.place(r, use.numbered[0].path, use.node)
    for other in use.numbered[1:]:
        if saved.place(r, other.path, use.node) != (directory, name):
            raise Refusal(other.node, "one Saver saves under several names")
    parts = [checkpoint, directory, f"max_to_keep={_kept(r, use)}", f"checkpoint_name={name}"]
    if "keep_checkpoint_every_n_hours" in use.options:
        parts.append(f"keep_checkpoint_every_n_hours={r.text(use.options['keep_checkpoint_every_n_hours'])}")
    return _call(r.tf("tf.train.CheckpointManager"), parts, base, unit)


def _into_line(r: Renderer, node: ast.Call) -> int:
    """How far behind the start of its line's text a node stands."""
    line = r.layout.lines[node.lineno - 1]
    return node.col_offset - (len(line) - len(line.lstrip()))


def _call(name: str, items: list[str], base: int, unit: int) -> str:
    """A call on one line where that fits, else an argument a line; ``base`` is the column of the line that it begins in."""
    text = f"{name}({', '.join(items)})"
    if len(text) + base + unit <= _WIDTH and "\n" not in text:
        return text
    lines = "".join(f"{' ' * (base + unit)}{item},\n" for item in items)
    return f"{name}(\n{lines}{' ' * base})"


def _kept(r: Renderer, use: Use) -> str:
    given = use.options.get("max_to_keep")
    if given is None:
        return "5"
    return "None" if isinstance(given, ast.Constant) and not given.value else r.text(given)


# -- what is done with it --------------------------------------------------------------------------------------------
def call(self: Evaluator, node: ast.Call, saver: Saver, name: str) -> Value:
    """``saver.save(sess, …)`` and ``saver.restore(sess, …)``."""
    use: Use = self.context.savers[saver.node]
    assert isinstance(node.func, ast.Attribute)
    receiver = node.func.value
    if name == "save":
        return _save(self, node, use, receiver)
    if name == "restore":
        given = dict(zip(("sess", "save_path"), node.args, strict=False))
        given.update({str(k.arg): k.value for k in node.keywords})
        if set(given) != {"sess", "save_path"} or not isinstance(self.context.parents.get(node), ast.Expr):
            raise Refusal(node, "this way of restoring is not lifted")
        _check_session(self, given["sess"])
        self.value(given["save_path"])
        self.replacements[node] = lambda r: (
            f"{_checkpoint(r, use, receiver)}.read({r.text(given['save_path'])}).assert_existing_objects_matched()"
        )
        return Plain()
    raise Refusal(node, f"`Saver.{name}` has no counterpart")


def attribute(self: Evaluator, node: ast.Attribute, saver: Saver) -> Value:
    """``saver.last_checkpoints``."""
    use: Use = self.context.savers[saver.node]
    if node.attr != "last_checkpoints":
        raise Refusal(node, f"`.{node.attr}` of a Saver is used")

    def text(r: Renderer) -> str:
        if not use.numbered:
            raise Refusal(node, "the latest checkpoints are listed, and they have no numbers")
        return f"{r.text(node.value)}.checkpoints"

    self.replacements[node] = text
    return Plain()


def _save(self: Evaluator, node: ast.Call, use: Use, receiver: ast.expr) -> Value:
    given = dict(zip(_SAVE, node.args, strict=False))
    given.update({str(k.arg): k.value for k in node.keywords})
    if (
        "sess" not in given
        or "save_path" not in given
        or set(given) - {"sess", "save_path", "global_step", "write_meta_graph"}
    ):
        raise Refusal(node, "this way of saving is not lifted")
    _check_session(self, given["sess"])
    self.value(given["save_path"])
    step = given.get("global_step")
    if isinstance(step, ast.Constant) and step.value is None:
        step = None
    if step is not None and not isinstance(self.value(step), (Plain, State)):
        raise Refusal(step, "the number of a checkpoint is a tensor of the graph")
    use.saves.append(Save(node, given["save_path"], step))
    if step is not None:
        self.replacements[node] = lambda r: f"{r.text(receiver)}.save(checkpoint_number={r.text(step)})"
    else:
        self.replacements[node] = lambda r: f"{_checkpoint(r, use, receiver)}.write({r.text(given['save_path'])})"
    return Plain()


def _checkpoint(r: Renderer, use: Use, receiver: ast.expr) -> str:
    return f"{r.text(receiver)}.checkpoint" if use.numbered else r.text(receiver)


def _check_session(self: Evaluator, node: ast.expr) -> None:
    if not isinstance(self.value(node), Session):
        raise Refusal(node, "what is given as a session is not known to be one")


@handles("train.latest_checkpoint", "train.get_checkpoint_state")
def _state(self: Evaluator, node: ast.Call) -> Value:
    self.arguments(node)
    self.context.reads_checkpoint_state = True
    return Plain()


@handles("train.checkpoint_exists")
def _exists(self: Evaluator, node: ast.Call) -> Value:
    self.arguments(node)
    if len(node.args) != 1 or node.keywords:
        raise Refusal(node, "this way of looking for a checkpoint is not lifted")
    self.replacements[node] = lambda r: (
        f"{r.tf('tf.io.gfile.exists')}({r.text(node.args[0])} + {r.context.quote}.index{r.context.quote})"
    )
    return Plain()
