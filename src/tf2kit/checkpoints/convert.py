"""Writes what an old checkpoint holds as an object-based checkpoint that the lifted program reads."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import tensorflow as tf

from .layouts import SLOTS, variables_of

if TYPE_CHECKING:
    from tf2kit.migrate.native.checkpoint_map import CheckpointMap, Held, HeldOptimizer

# Adam multiplies this power once a step; once float32 has lost it, its correction is 1 to the last bit
_STEPS_OF_A_LOST_POWER = 100_000


class ConversionError(Exception):
    """The checkpoint cannot be converted; ``str()`` is a sentence that says what is missing and what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One variable of the new checkpoint: the attributes that lead to it, its value, and the old name that it had ("" for none)."""

    edges: tuple[str, ...]
    value: Any
    old: str


def convert(old: str, new: str, mapping: CheckpointMap, learning_rate: float | None = None) -> list[Entry]:
    """Write the checkpoint ``new`` from the checkpoint ``old``, both prefixes of file names; returns what was written.

    Raises:
      ConversionError: a variable is missing, or something is not known well enough.
    """
    try:
        reader = tf.train.load_checkpoint(old)
    except (tf.errors.OpError, ValueError) as error:
        raise ConversionError(f"{old} is not a checkpoint that TensorFlow can read: {error}") from None
    values = Values(reader)
    if "_CHECKPOINTABLE_OBJECT_GRAPH" in values.names:
        raise ConversionError(f"{old} is a checkpoint of TensorFlow 2 already; the lifted program reads it as it is")
    entries = [entry for held in mapping.held for entry in _entries(values, held)]
    for optimizer in mapping.optimizers:
        entries += _optimizer(values, optimizer, entries, len(mapping.optimizers), learning_rate)
    _write(new, entries)
    return entries


class Values:
    """The variables of an old checkpoint by name."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self.names: list[str] = sorted(reader.get_variable_to_shape_map())

    def get(self, name: str) -> Any:
        """The value of a variable as a NumPy array.

        Raises:
          ConversionError: there is none of this name.
        """
        if name not in self.names:
            raise ConversionError(f"the checkpoint has no variable `{name}`; it has: {', '.join(self.names[:20])}")
        return self._reader.get_tensor(name)

    def below(self, scope: str) -> list[str]:
        """Last parts of the names of variables directly in a scope."""
        start = f"{scope}/"
        return [n[len(start) :] for n in self.names if n.startswith(start) and "/" not in n[len(start) :]]


def _entries(values: Values, held: Held) -> Iterator[Entry]:
    if not held.layer:
        yield Entry(held.edges, values.get(held.old), held.old)
        return
    layout, names = variables_of(held.layer), values.below(held.old)
    unknown = [n for n in names if layout is None or n not in layout]
    if layout is None or unknown:
        what = f"{held.old}/{unknown[0]}" if unknown else held.old
        raise ConversionError(f"where `{what}` lies in a Keras layer {held.layer} is not known")
    if not names:
        raise ConversionError(
            f"the checkpoint has no variables in `{held.old}`; it has: {', '.join(values.names[:20])}"
        )
    for name in [n for n in layout if n in names]:
        yield Entry((*held.edges, layout[name]), values.get(f"{held.old}/{name}"), f"{held.old}/{name}")


def _optimizer(
    values: Values, held: HeldOptimizer, entries: Sequence[Entry], count: int, learning_rate: float | None
) -> Iterator[Entry]:
    """The state of a Keras optimizer: steps, learning rate, then what it remembers of each variable."""
    rate = learning_rate if learning_rate is not None else held.rate
    if rate is None:
        raise ConversionError(
            "the learning rate is not written as a number in the program; give it with --learning-rate"
        )
    slots = SLOTS.get(held.rule)
    if slots is None or (slots and (count > 1 or not held.everything)):
        raise ConversionError(f"how the state of this {held.rule} optimizer lies in the checkpoint is not known")
    yield Entry((held.attribute, "_iterations"), np.int64(_steps(values, held)), "")
    yield Entry((held.attribute, "_learning_rate"), np.float32(rate), "")
    number = 2
    for entry in [e for e in entries if e.old and all(f"{e.old}/{slot}" in values.names for slot in slots)]:
        for slot in slots:
            name = f"{entry.old}/{slot}"
            yield Entry((held.attribute, "_variables", str(number)), values.get(name), name)
            number += 1


def _steps(values: Values, held: HeldOptimizer) -> int:
    """How many steps the optimizer has made."""
    if held.rule == "Adam" and held.beta is not None and "beta1_power" in values.names:
        power = float(values.get("beta1_power"))
        return (
            round(math.log(power) / math.log(held.beta)) - 1
            if power > np.finfo(np.float32).tiny
            else _STEPS_OF_A_LOST_POWER
        )
    return int(values.get("global_step")) if "global_step" in values.names else 0


def _write(prefix: str, entries: Sequence[Entry]) -> None:
    root: dict[str, Any] = {}
    for entry in entries:
        here = root
        for edge in entry.edges[:-1]:
            here = here.setdefault(edge, {})
        here[entry.edges[-1]] = tf.Variable(entry.value)
    tf.train.Checkpoint(**{name: _node(child) for name, child in root.items()}).write(prefix)


def _node(child: Any) -> Any:
    """A trackable object with these children: objects are matched by the names of attributes, whatever their class."""
    if not isinstance(child, Mapping):
        return child
    made = tf.Module()
    for name, inner in child.items():
        setattr(made, name, _node(inner))
    return made
