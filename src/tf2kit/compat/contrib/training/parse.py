"""The text form of hyperparameters, ``"rate=0.1,layers=[64,32],names[1]=b"``.

Adapted from TensorFlow 1.15, contrib/training/python/training/hparam.py, Copyright 2016 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

_CLAUSE = re.compile(
    r"""
  (?P<name>[a-zA-Z][\w\.]*)      # variable name: "var" or "x"
  (\[\s*(?P<index>\d+)\s*\])?  # (optional) index: "1" or None
  \s*=\s*
  ((?P<val>[^,\[]*)            # single value: "a" or None
   |
   \[(?P<vals>[^\]]*)\])       # list of values: None or "1,2,3"
  ($|,\s*)""",
    re.VERBOSE,
)


def parse_values(values: str, type_map: Mapping[str, type], ignore_unknown: bool = False) -> dict[str, Any]:
    """Values by name from comma-separated ``name=value``, ``name=[a,b]`` and ``name[index]=value``.

    Args:
      values: the text.
      type_map: the type of each name (of an element, for lists).
      ignore_unknown: skip names that are not in ``type_map``.

    Returns:
      For each name a value, a list, or a dictionary from index to value.

    Raises:
      ValueError: the text is malformed, a value does not fit its type, a name is unknown or assigned twice.
    """
    results: dict[str, Any] = {}
    pos = 0
    while pos < len(values):
        match = _CLAUSE.match(values, pos)
        if not match:
            raise ValueError(f"Malformed hyperparameter value: {values[pos:]}")
        pos = match.end()
        name, index, val, vals = match.group("name", "index", "val", "vals")
        if name not in type_map:
            if ignore_unknown:
                continue
            raise ValueError(f"Unknown hyperparameter type for {name}")
        of_type = type_map[name]
        if val is not None:
            _put(results, name, index, _parse(name, of_type, val, val, values), values)
        else:
            if index is not None:
                raise ValueError("Assignment of a list to a list index.")
            if name in results:
                _reused(name, values)
            results[name] = [_parse(name, of_type, e, vals, values) for e in re.split("[ ,]", vals) if e]
    return results


def _put(results: dict[str, Any], name: str, index: str | None, value: Any, values: str) -> None:
    if index is None:
        if name in results:
            _reused(name, values)
        results[name] = value
        return
    by_index = results.setdefault(name, {})
    if not isinstance(by_index, dict):
        _reused(name, values)
    if int(index) in by_index:
        _reused(f"{name}[{int(index)}]", values)
    by_index[int(index)] = value


def _parse(name: str, of_type: type, text: str, shown: str, values: str) -> Any:
    parse: Callable[[str], Any] = _boolean if of_type is bool else of_type
    try:
        return parse(text)
    except ValueError:
        message = f"Could not parse hparam '{name}' of type '{of_type.__name__}' with value '{shown}' in {values}"
        raise ValueError(message) from None


def _boolean(text: str) -> bool:
    if text in ("true", "True", "false", "False"):
        return text in ("true", "True")
    return bool(int(text))


def _reused(name: str, values: str) -> NoReturn:
    raise ValueError(f"Multiple assignments to variable '{name}' in {values}")
