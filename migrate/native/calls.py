"""Writes a call of a TensorFlow 1 function as the call of its counterpart, from one row of the vocabulary."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from .refusal import Refusal
from .rows import Row

Text = Callable[[ast.expr], str]
Spelling = Callable[[str], str]
_ATOMS = (ast.Name, ast.Constant, ast.Attribute, ast.Call, ast.Subscript, ast.List, ast.Tuple, ast.Dict)
# "({})" that only groups, where "cast({})" is a call
_GROUP = re.compile(r"(?<![\w)\]])\(\{\}\)")
_TF_NAME = re.compile(r"\btf\.\w[\w.]*")
_STOPPED = "tf.stop_gradient({})"


@dataclass(frozen=True, slots=True)
class _Argument:
    """One argument of the new call; ``old`` is "" for one that the program did not give."""

    old: str
    new: str
    text: str
    positional: bool


def bind(call: ast.Call, row: Row) -> dict[str, ast.expr]:
    """Arguments by parameter of TensorFlow 1, in the order in which they are written.

    Raises:
      Refusal: an argument has no counterpart, or cannot be told from the text (``*`` and ``**``).
    """
    found = _matched(call, row.old)
    chosen = row.chosen(found) if row.chosen is not None else row
    for name, argument in found.items():
        _check(argument, name, chosen)
    return found


def rewrite(call: ast.Call, row: Row, text: Text, tf: Spelling, data: Callable[[ast.expr], bool] | None = None) -> str:
    """The source of the new call.

    Args:
      call: the call of TensorFlow 1.
      row: its row.
      text: the source of an argument, rewritten already.
      tf: how the program spells "tf.math.log".
      data: whether an argument has no gradient anyway, being no function of variables; it needs no ``tf.stop_gradient``.

    Raises:
      Refusal: as `bind` does.
    """
    bound = bind(call, row)
    row = _row_for(bound, row)
    given = _arguments(call, bound, row, text, tf, data)
    made = f"{tf(row.new)}({_joined([*given, *_added(given, row, tf)], row)})"
    return _spelled(row.result, tf).format(made, **{name: text(node) for name, node in bound.items()})


def rewrite_layer(call: ast.Call, row: Row, text: Text, tf: Spelling) -> tuple[str, str]:
    """The source that makes the layer ("tf.keras.layers.Dense(10)"), and the arguments of its call with parentheses ("(x)").

    Raises:
      Refusal: as `bind` does.
    """
    bound = bind(call, row)
    row = _row_for(bound, row)
    given = _arguments(call, bound, row, text, tf, None)
    in_call = [_new_name(old, row) for old in row.call]
    everything = [*given, *_added(given, row, tf)]
    made = [a for a in everything if a.new not in in_call]
    called = sorted((a for a in everything if a.new in in_call), key=lambda a: in_call.index(a.new))
    inputs = ", ".join(a.text if i == 0 else f"{a.new}={a.text}" for i, a in enumerate(called))
    return f"{tf(row.new)}({_joined(made, row)})", f"({inputs})"


def renames(call: ast.Call, row: Row) -> dict[ast.keyword, str] | None:
    """Keywords that need a new name, when nothing else but the callee's name changes; None when the call must be written anew.

    Whoever writes with this keeps the line breaks and comments between the arguments.

    Raises:
      Refusal: as `bind` does.
    """
    bound = bind(call, row)
    row = _row_for(bound, row)
    given = _arguments(call, bound, row, lambda _: "", lambda name: name, None)
    if len(given) != len(bound) or row.convert.keys() & bound.keys() or list(_added(given, row, lambda name: name)):
        return None
    if row.result != "{}" or any(
        row.order[i : i + 1] != (a.new,) for i, a in enumerate(given) if a.positional and not a.new.startswith("*")
    ):
        return None
    return {k: new for k in call.keywords if k.arg and (new := _new_name(k.arg, row)) != k.arg}


def _row_for(bound: dict[str, ast.expr], row: Row) -> Row:
    return row.chosen(bound) if row.chosen is not None else row


def _matched(call: ast.Call, names: tuple[str, ...]) -> dict[str, ast.expr]:
    starred = next((a for a in call.args if isinstance(a, ast.Starred)), None)
    if starred is not None or any(k.arg is None for k in call.keywords):
        raise Refusal(starred or call, "arguments are passed through * or **", "write them out")
    star = next((i for i, name in enumerate(names) if name.startswith("*")), None)
    by_position = names if star is None else (*names[:star], *(f"*{i}" for i in range(star, len(call.args))))
    if len(call.args) > len(by_position):
        raise Refusal(call, f"it has {len(call.args)} arguments where TensorFlow 1.15 knows {len(names)}")
    found = dict(zip(by_position, call.args, strict=False))
    for keyword in call.keywords:
        name = str(keyword.arg)
        if name not in names:
            raise Refusal(keyword.value, f"`{name}` is no parameter that TensorFlow 1.15 knows here")
        if name in found:
            raise Refusal(keyword.value, f"`{name}` is given twice")
        found[name] = keyword.value
    return found


def _check(argument: ast.expr, name: str, row: Row) -> None:
    if name in row.refused:
        if not _harmless(argument, name, row):
            raise Refusal(argument, row.refused[name])
    elif not name.startswith("*") and not any(
        name in known for known in (row.dropped, row.renamed, row.order, row.call)
    ):
        raise Refusal(argument, f"`{name}` has no counterpart in `{row.new}`")


def _harmless(argument: ast.expr, name: str, row: Row) -> bool:
    return ast.unparse(argument) in row.harmless.get(name, ())


def _new_name(old: str, row: Row) -> str:
    return row.renamed.get(old, old)


def _arguments(
    call: ast.Call,
    bound: dict[str, ast.expr],
    row: Row,
    text: Text,
    tf: Spelling,
    data: Callable[[ast.expr], bool] | None,
) -> list[_Argument]:
    """What the program gives, in its order, as the new callable takes it."""
    out: list[_Argument] = []
    for position, (old, node) in enumerate(bound.items()):
        if old in row.dropped or old in row.refused:
            continue
        new = _new_name(old, row)
        twin = next((other for other in bound if other != old and _new_name(other, row) == new), None)
        if twin is not None:
            if ast.unparse(node) == "None":
                continue
            if ast.unparse(bound[twin]) != "None":
                raise Refusal(node, f"`{new}` is given twice, under two names")
        template = row.convert.get(old, "{}")
        if template == _STOPPED and data is not None and data(node):
            template = "{}"
        out.append(_Argument(old, new, _converted(template, node, text, tf), position < len(call.args)))
    return out


def _converted(template: str, node: ast.expr, text: Text, tf: Spelling) -> str:
    if template == "{}":
        return text(node)
    if template == "1 - ({})" and isinstance(node, ast.Constant) and isinstance(node.value, float):
        return str(1 - Decimal(repr(node.value)))  # 0.1 for 0.9, as a person would write
    if isinstance(node, _ATOMS):
        template = _GROUP.sub("{}", template)
    return _spelled(template, tf).replace("{}", text(node))


def _spelled(text: str, tf: Spelling) -> str:
    return _TF_NAME.sub(lambda match: tf(match[0]), text)


def _added(given: list[_Argument], row: Row, tf: Spelling) -> Iterator[_Argument]:
    """What the new callable must be told because its default differs."""
    present = {a.new for a in given}
    for new, text in row.added.items():
        if new not in present:
            yield _Argument("", new, _spelled(text, tf), positional=not any(not a.positional for a in given))


def _joined(arguments: list[_Argument], row: Row) -> str:
    """Positional as long as the positions are those of the new callable, then by keyword."""
    parts: list[str] = []
    keyword = False
    for position, argument in enumerate(arguments):
        starred = argument.new.startswith("*")
        keyword = (
            keyword
            or not argument.positional
            or (not starred and row.order[position : position + 1] != (argument.new,))
        )
        parts.append(f"{argument.new}={argument.text}" if keyword else argument.text)
    return ", ".join(parts)
