"""What a TensorFlow 1 callable becomes in TensorFlow 2: data that rules of lifting read."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """One TensorFlow 1 callable, and the call that computes the same in TensorFlow 2.

    Attributes:
      new: dotted name below ``tf`` ("tf.math.log").
      old: parameters of TensorFlow 1.15, in positional order; one that takes any number of arguments starts with a star.
      order: parameters of the new callable, in positional order.
      renamed: new parameter by old one, where the names differ. An old parameter that is in neither ``order`` nor here nor in
        ``dropped`` prevents lifting when a program gives it.
      added: source text by new parameter, given when the program leaves the old one out, because the defaults differ.
      dropped: old parameters that change no value; they are left out.
      refused: why an old parameter prevents lifting, by parameter; texts of values that do not are in ``harmless``.
      harmless: texts of values (normalised by ``ast.unparse``) of refused parameters with which they may be left out.
      convert: how the text of an argument must change, by old parameter: a format with one ``{}`` ("1 - ({})").
      result: what is made of the new call's text: a format with ``{}`` ("{}[0]"), in which old parameters that are dropped can be
        named ("tf.nn.bias_add({}, {biases})").
      random: it draws anew at every run.
      call: parameters (old names) that belong to the call of the object, not to its constructor; for layers only.
      kind: what the result is: "tensor", "layer", "object" (initializers, regularizers), "optimizer", "schedule", "loss", "metric".
      note: what a reader of the new program should know, or "".
      chosen: the row for one call, given its arguments by old parameter, where the best form depends on them; it has the same
        ``old`` and raises `Refusal` where no form computes the same.
    """

    new: str
    old: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    added: Mapping[str, str] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()
    refused: Mapping[str, str] = field(default_factory=dict)
    harmless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    convert: Mapping[str, str] = field(default_factory=dict)
    result: str = "{}"
    random: bool = False
    call: tuple[str, ...] = ()
    kind: str = "tensor"
    note: str = ""
    chosen: Callable[[Mapping[str, ast.expr]], Row] | None = None
