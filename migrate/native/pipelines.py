"""Input queues: files, a reader and batches are a data set, whose next element a run takes where it took one from a queue.

Lifted is what TensorFlow's guide showed: a function that reads one record, and one that makes batches of what that gives.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from . import coordinators
from .draft import Draft
from .refusal import Refusal

_PRODUCER = "tf.train.string_input_producer"
_PRODUCED = ("string_tensor", "num_epochs", "shuffle", "seed", "capacity")
_BATCHES = {
    "tf.train.batch": ("tensors", "batch_size", "num_threads", "capacity"),
    "tf.train.shuffle_batch": ("tensors", "batch_size", "capacity", "min_after_dequeue", "num_threads", "seed"),
}
# the data set of one file, by the reader, with the reader's parameters
_READERS = {
    "tf.TextLineReader": ("TextLineDataset({})", ("skip_header_lines",)),
    "tf.TFRecordReader": ("TFRecordDataset({})", ()),
    "tf.FixedLengthRecordReader": ("FixedLengthRecordDataset({}, {})", ("record_bytes",)),
}
_NAMES = ("files", "records", "iterator")
_TODO = "read with tf.data: put what is computed for one example into a function for Dataset.map, then batch(…, drop_remainder=True)"


@dataclass(frozen=True, slots=True)
class _Reading:
    """A function that reads one record: what it is given, and the data set of one file's records."""

    function: ast.FunctionDef
    records: str


def write_out(draft: Draft) -> None:
    """Put data sets in the places of input queues.

    Raises:
      Refusal: a queue is used in a way that is not understood.
    """
    tree = draft.module.tree
    found = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and draft.context.tf_name(n.func) == _PRODUCER]
    if not found:
        return
    if len(found) > 1:
        raise Refusal(found[1], "a program reads from several queues", _TODO)
    taken = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    if taken & set(_NAMES):
        raise Refusal(found[0], f"the name `{min(taken & set(_NAMES))}` is taken, which the data set needs")
    pipeline = _around(draft, found[0])
    _Pipeline(draft, pipeline).rewrite(found[0])
    _callers(draft, pipeline)
    coordinators.remove(draft)


def _around(draft: Draft, node: ast.Call) -> ast.FunctionDef:
    here: ast.AST = node
    while here in draft.context.parents and not isinstance(here, ast.FunctionDef):
        here = draft.context.parents[here]
    if not isinstance(here, ast.FunctionDef) or here not in draft.module.tree.body:
        raise Refusal(node, "a queue is not made in a function of its own", _TODO)
    return here


class _Pipeline:
    """The function that makes batches: four statements that each become a step."""

    def __init__(self, draft: Draft, function: ast.FunctionDef) -> None:
        self.draft, self.function = draft, function
        self.data = f"{draft.context.prefix}.data"

    def rewrite(self, producer: ast.Call) -> None:
        """Write its statements anew."""
        body = [s for s in self.function.body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
        if len(body) not in (3, 4):
            raise Refusal(producer, "a function that makes batches of a queue does something else too", _TODO)
        queue = _bound(body[0], producer)
        read, example = self._read(body[1], queue)
        self.draft.replace(body[0], f"files = {self._files(producer)}")
        steps = f"files.flat_map(lambda name: {self.data}.{read.records})"
        self.draft.replace(body[1], f"records = {steps}.map({read.function.name})")
        batch = body[2].value if isinstance(body[2], (ast.Return, ast.Assign)) else None
        if len(body) == 4:
            returned = body[3].value if isinstance(body[3], ast.Return) else None
            if not isinstance(body[2], ast.Assign) or returned is None or not _same(returned, body[2].targets[0]):
                raise Refusal(body[3], "what is batched is not returned as it is", _TODO)
            self.draft.remove(body[3])
        elif not isinstance(body[2], ast.Return):
            raise Refusal(body[2], "a function that makes batches does not return them", _TODO)
        self.draft.replace(body[2], f"return records{self._batched(body[2], batch, example)}")

    def _files(self, node: ast.Call) -> str:
        """The names of the files, as often as they are read."""
        given = _arguments(node, _PRODUCED)
        names = given.get("string_tensor")
        one = isinstance(names, ast.List) and len(names.elts) == 1
        if names is None or not (one or _literal(given.get("shuffle"), True) is False):
            raise Refusal(node, "a queue shuffles the names of files, in an order of its own", "give shuffle=False")
        epochs = given.get("num_epochs")
        count = self.draft.text(epochs) if epochs is not None and ast.unparse(epochs) != "None" else ""
        return f"{self.data}.Dataset.from_tensor_slices({self.draft.text(names)}).repeat({count})"

    def _read(self, statement: ast.stmt, queue: str) -> tuple[_Reading, ast.expr]:
        """The call of the function that reads a record, and the names that its results get."""
        call = statement.value if isinstance(statement, ast.Assign) else None
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and isinstance(statement, ast.Assign)):
            raise Refusal(statement, "a record is not read in a function of its own", _TODO)
        if [ast.unparse(a) for a in call.args] != [queue] or call.keywords:
            raise Refusal(call, "a function that reads a record is given something else than a queue", _TODO)
        functions = [n for n in self.draft.module.tree.body if isinstance(n, ast.FunctionDef)]
        function = next((n for n in functions if n.name == call.func.id), None)
        uses = [n for n in ast.walk(self.draft.module.tree) if isinstance(n, ast.Name) and n.id == call.func.id]
        if function is None or len(uses) != 1:
            raise Refusal(call, "a function that reads a record is called elsewhere too", _TODO)
        return _Reading(function, _reading(self.draft, function)), statement.targets[0]

    def _batched(self, statement: ast.stmt, node: ast.expr | None, example: ast.expr) -> str:
        name = str(self.draft.context.tf_name(node.func)) if isinstance(node, ast.Call) else ""
        if not isinstance(node, ast.Call) or name not in _BATCHES:
            raise Refusal(statement, "a function that reads a queue does not make batches of it", _TODO)
        given = _arguments(node, _BATCHES[name])
        smaller = _literal(given.pop("allow_smaller_final_batch", None), False)
        if set(given) - set(_BATCHES[name]) or not isinstance(smaller, bool):
            raise Refusal(node, "this way of making batches of a queue is not lifted", _TODO)
        if not _same(given.get("tensors"), example):
            raise Refusal(node, "what is batched is not what a record gives", _TODO)
        shuffles = name.endswith("shuffle_batch")
        if not shuffles and _literal(given.get("num_threads"), 1) != 1:
            raise Refusal(node, "several threads read, so that the order of batches is open", "give num_threads=1")
        size = self.draft.text(given["batch_size"])
        mixed = f".shuffle({self.draft.text(given['capacity'])})" if shuffles else ""
        return f"{mixed}.batch({size}, drop_remainder={not smaller})".replace(", drop_remainder=False", "")


def _reading(draft: Draft, function: ast.FunctionDef) -> str:
    """Make the function take a record; returns the data set of a file's records.

    Raises:
      Refusal: it does something else with its queue or its reader.
    """
    body = [s for s in function.body if not (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant))]
    parameters = [a.arg for a in function.args.args]
    made = body[0].value if body and isinstance(body[0], ast.Assign) else None
    name = str(draft.context.tf_name(made.func)) if isinstance(made, ast.Call) else ""
    if not isinstance(made, ast.Call) or name not in _READERS or len(parameters) != 1 or len(body) < 3:
        raise Refusal(function, "a function that reads a record does not begin with its reader", _TODO)
    reader = _bound(body[0], made)
    value = _value_of(function, body[1], f"{reader}.read({parameters[0]})", reader)
    draft.remove(body[0])
    draft.remove(body[1])
    draft.renamed[function.args.args[0]] = value
    return _records(draft, made, *_READERS[name])


def _records(draft: Draft, node: ast.Call, text: str, parameters: tuple[str, ...]) -> str:
    given = {k: v for k, v in _arguments(node, parameters).items() if k != "name"}
    if set(given) - set(parameters):
        raise Refusal(node, "an argument of a reader is not lifted", _TODO)
    skipped = given.pop("skip_header_lines", None)
    made = text.format("name", *(draft.text(v) for v in given.values()))
    return made if skipped is None else f"{made}.skip({draft.text(skipped)})"


def _value_of(function: ast.FunctionDef, statement: ast.stmt, wanted: str, reader: str) -> str:
    """The name of the record, of which the key is not used."""
    target = statement.targets[0] if isinstance(statement, ast.Assign) else None
    if not (isinstance(statement, ast.Assign) and isinstance(target, ast.Tuple) and len(target.elts) == 2):
        raise Refusal(statement, "a record is read in a way that is not understood", _TODO)
    names = [e.id for e in target.elts if isinstance(e, ast.Name)]
    loaded = [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
    if ast.unparse(statement.value) != wanted or len(names) != 2 or loaded.count(reader) != 1 or names[0] in loaded:
        raise Refusal(statement, "the key of a record is used, or its reader for something else", _TODO)
    return names[1]


def _callers(draft: Draft, pipeline: ast.FunctionDef) -> None:
    """Where batches get names, they are the next element of an iterator."""
    uses = [n for n in ast.walk(draft.module.tree) if isinstance(n, ast.Name) and n.id == pipeline.name]
    call = draft.context.parents[uses[0]] if uses else None
    statement = draft.context.parents[call] if isinstance(call, ast.Call) else None
    if len(uses) != 1 or not isinstance(statement, ast.Assign) or statement.value is not call:
        raise Refusal(pipeline, "batches of a queue are made more than once, or get no name", _TODO)
    pad = " " * statement.col_offset
    names = draft.text(statement.targets[0])
    made = f"iterator = {draft.text(statement.value)}.make_one_shot_iterator()"
    draft.replace(statement, f"{made}\n{pad}{names} = iterator.get_next()")


def _bound(statement: ast.stmt, value: ast.expr) -> str:
    """The name that a statement binds a call to."""
    target = statement.targets[0] if isinstance(statement, ast.Assign) else None
    if not isinstance(statement, ast.Assign) or statement.value is not value or not isinstance(target, ast.Name):
        raise Refusal(value, "a queue or a reader gets no name", _TODO)
    return target.id


def _arguments(node: ast.Call, parameters: tuple[str, ...]) -> dict[str, ast.expr]:
    if len(node.args) > len(parameters) or any(k.arg is None for k in node.keywords):
        raise Refusal(node, "arguments of a queue are passed in a way that is not understood", _TODO)
    found = dict(zip(parameters, node.args, strict=False))
    found.update({str(k.arg): k.value for k in node.keywords})
    return found


def _literal(node: ast.expr | None, default: object) -> object:
    if node is None:
        return default
    return node.value if isinstance(node, ast.Constant) else ast.unparse(node)


def _same(node: ast.expr | None, other: ast.expr) -> bool:
    """Whether two expressions list the same names in the same order."""
    listed = [
        [ast.unparse(e) for e in n.elts] if isinstance(n, (ast.List, ast.Tuple)) else [ast.unparse(n)]
        for n in (node, other)
        if n is not None
    ]
    return len(listed) == 2 and listed[0] == listed[1]
