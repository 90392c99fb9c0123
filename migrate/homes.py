"""Where a name of tf.contrib (or of another part that TensorFlow dropped) lives now.

Shared by the contrib rules and the facts of programs.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import Any, Literal

from .imports import Move
from .relocate import longest_match
from .symbols import V1, table

Kind = Literal["core", "compat", "gone"]
COMPAT = "tf2kit.compat"
# What tf2kit.compat takes over under the same dotted name, and the local name that a new import binds.
_ROOTS = {
    "tensorflow.contrib": ("contrib", "tf_contrib"),
    "tensorflow.estimator": ("estimator", "tf_estimator"),
    "tensorflow.examples.tutorials.mnist": ("examples.tutorials.mnist", "tf_mnist"),
    "tensorflow.keras.estimator": ("keras.estimator", "tf_keras_estimator"),
    "tensorflow.python.estimator": ("estimator.python.estimator", "tf_estimator_python"),
    # the package that tf.estimator was read from: its last release cannot be imported on TensorFlow 2.21
    "tensorflow_estimator": ("", "tf_compat"),
    "tensorflow_estimator.contrib": ("contrib", "tf_contrib"),
    "tensorflow_estimator.estimator": ("estimator", "tf_estimator"),
    "tensorflow_estimator.python": ("estimator.python", "tf_estimator_python"),
}


@dataclass(frozen=True, slots=True)
class Home:
    """``target`` is a full dotted name ("" for what is gone)."""

    kind: Kind
    target: str = ""


def plain(full: str) -> str:
    """``tensorflow.compat.v1.x`` as ``tensorflow.x``."""
    while full.startswith(V1 + "."):
        full = "tensorflow." + full[len(V1) + 1 :]
    return full


def tf_name(full: str) -> str:
    """``tensorflow.contrib.x``, with or without compat.v1 in it, or ``tf2kit.compat.contrib.x`` as ``tf.contrib.x``."""
    return re.sub(r"^(tensorflow|tf2kit\.compat)(?=\.|$)", "tf", plain(full))


def home_of(full: str, call: ast.Call | None) -> Home | None:
    """The home of a resolved name; None when it is none of this family's business.

    Args:
      full: dotted name, with or without compat.v1 in it.
      call: the call that the name is the function of, if it is; some core functions stand in for the simple calls only.
    """
    full = plain(full)
    found = longest_match(full, _ROOTS.get)
    if found is None:
        return None
    root = found[0]
    name = tf_name(full)
    core = core_name(name, call)
    if core is not None:
        return Home("core", V1 + core.removeprefix("tf"))
    if gone_hint(name) is not None:
        return Home("gone")
    return Home("compat", _place(root) + full.removeprefix(root))


def core_name(name: str, call: ast.Call | None) -> str | None:
    """The core name that behaves the same for this use of a contrib name."""
    same = table("contrib.json")["names"].get(name)
    if same is not None:
        return None if same.startswith("tf.estimator") else str(same)
    row: dict[str, Any] | None = table("contrib_homes.json")["core"].get(name)
    if row is None or call is None:
        return None
    simple = len(call.args) <= row["positional"] and all(k.arg in row["keywords"] for k in call.keywords)
    return str(row["to"]) if simple and not any(isinstance(a, ast.Starred) for a in call.args) else None


def gone_hint(name: str) -> str | None:
    """What to use instead of a part of contrib that has no home; None where tf2kit.compat has the name, or something in it."""
    hints: dict[str, str] = table("contrib_homes.json")["gone"]
    found = longest_match(name, hints.get)
    return found[1] if found and not available(name) else None


def available(name: str) -> bool:
    """Whether tf2kit.compat has ``tf.contrib.x``, holds something that has it, or has something in it."""
    rest = name.removeprefix("tf.")
    listed: list[str] = table("available.json")
    return any(rest == a or rest.startswith(a + ".") or a.startswith(rest + ".") for a in listed)


def compat_move(prefix: str) -> Move | None:
    """The move to tf2kit.compat of exactly one of the roots."""
    prefix = plain(prefix)
    if prefix not in _ROOTS:
        return None
    place = _place(prefix)
    return Move.through(place, place, _ROOTS[prefix][1])


def _place(root: str) -> str:
    where = _ROOTS[root][0]
    return f"{COMPAT}.{where}" if where else COMPAT
